// The lessons in JupyterLite: the saved picture in the place of each demo that hasn't run, news of a newer lesson, a bar with
// the state of Python and the reader's copies, and a sentence where JupyterLite does less than JupyterLab.

import { bar } from "./bar.js";
import { announceNewer } from "./newer.js";
import { notice } from "./notice.js";
import { showPictures } from "./pictures.js";
import { watchPython } from "./python.js";

const WORDS = {
  interrupt: "A cell can't be interrupted in the browser. If it doesn't end, choose Kernel → Restart Kernel, and run the cells " +
    "above it again. Your text and code stay.",
  private: "This window won't keep your changes: it's private, or its storage is turned off. Download your copies before you " +
    "close it.",
};

export const lessons = (Widget, PageConfig) => ({
  id: "nnlib-lessons:plugin",
  autoStart: true,
  activate: app => {
    const site = new URL("../", PageConfig.getBaseUrl()).href, path = new URL(location).searchParams.get("path");
    const page = path?.startsWith("notebooks/") ? `${site}${path.replace(/\.ipynb$/, ".html")}` : `${site}index.html`;
    const { contents, sessions } = app.serviceManager;
    showPictures(contents, sessions);
    announceNewer(contents, JSON.parse(PageConfig.getOption("nnlibVersions")), PageConfig.getBaseUrl());
    const kernel = JSON.parse(PageConfig.getOption("litePluginSettings"))["@jupyterlite/pyodide-kernel-extension:kernel"];
    const node = bar(contents, page, PageConfig.getBaseUrl());
    const widget = new Widget({ node });
    widget.id = "nnlib-bar";
    app.shell.add(widget, "top", { rank: 9000 });
    if (path) startEarly(app.serviceManager, path);
    watchPython(sessions, kernel.pyodideUrl, page, node.querySelector(".nnlib-python"));
    app.commands.commandExecuted.connect((_, { id }) => {
      if (/interrupt/.test(id)) notice(WORDS.interrupt);
    });
    openDocsAsPages(site);
    keepChanges();
  },
});

// Start Python while the page still draws the lesson, which then finds it running.
async function startEarly({ ready, sessions }, path) {
  await ready;
  const model = { path, name: path, type: "notebook", kernel: { name: "python" } };
  for (let tries = 0; tries < 100 && ![...sessions.running()].some(session => session.path === path); tries++) {
    const session = await sessions.startNew(model, { kernelConnectionOptions: { handleComms: false } }).catch(() => null);
    session?.dispose(); // our connection, not the session
    await new Promise(resolve => setTimeout(resolve, 50)); // until the plugin of the kernel is there
  }
}

// A link to docs/glossary.md in a lesson leads to the page of the site: JupyterLite would open the text of the file.
function openDocsAsPages(site) {
  document.addEventListener("click", event => {
    const name = event.target.closest?.("a[href]")?.href.match(/\bdocs\/(\w+)\.md\b(.*)/);
    if (!name) return;
    event.preventDefault(), event.stopPropagation();
    open(`${site}docs/${name[1]}.html${name[2].match(/#.*$/)?.[0] ?? ""}`);
  }, true);
}

async function keepChanges() {
  try {
    await new Promise((resolve, reject) => {
      const asked = indexedDB.open("nnlib-trial");
      asked.onsuccess = () => (asked.result.close(), resolve()), asked.onerror = reject;
    });
    indexedDB.deleteDatabase("nnlib-trial");
    await navigator.storage?.persist?.(); // or the browser may throw them away when its disk is full
  } catch {
    notice(WORDS.private);
  }
}
