// How JupyterLab loads us: a container of one module, as a bundler would write it. The modules beside it stay as they are.
(() => {
  const here = document.currentScript.src;
  const module = () => import(new URL("./lessons.js", here));
  let shared; // JupyterLab's own libraries: {name: {version: {get}}}
  const library = async name => (await Object.values(shared[name])[0].get())();
  window._JUPYTERLAB = window._JUPYTERLAB ?? {};
  window._JUPYTERLAB["nnlib-lessons"] = {
    init: scope => { shared = scope; },
    get: async () => {
      const { lessons } = await module();
      const { Widget } = await library("@lumino/widgets"), { PageConfig } = await library("@jupyterlab/coreutils");
      return () => ({ __esModule: true, default: lessons(Widget, PageConfig) });
    },
  };
})();
