// The bar above a lesson: back to its page, the state of Python, and the reader's copies as one file, out and in.

import { bringBack, download } from "./copies.js";
import { notice } from "./notice.js";

const WORDS = {
  page: "The lesson's page",
  kept: "Your changes stay in this browser, on this device.",
  download: "Download my copies",
  upload: "Bring copies back",
  none: "There's nothing to download yet: you haven't changed a lesson.",
  back: "Brought back: {names}",
  bad: "{name} has no notebooks in it. Choose the file that you downloaded here, or a notebook (.ipynb).",
};

export function bar(contents, page, base) {
  const node = document.createElement("div");
  node.className = "nnlib-bar";
  const link = Object.assign(document.createElement("a"), { href: page, textContent: `← ${WORDS.page}` });
  const python = Object.assign(document.createElement("span"), { className: "nnlib-python" });
  python.setAttribute("role", "status");
  const file = Object.assign(document.createElement("input"), { type: "file", accept: ".zip,.ipynb", hidden: true });
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    file.value = "";
    const names = await bringBack(contents, chosen).catch(error => (console.warn(error), []));
    notice(names.length ? WORDS.back.replace("{names}", names.join(", ")) : WORDS.bad.replace("{name}", chosen.name));
  });
  node.append(link, python, button(WORDS.download, async () => {
    if (!await download(base)) notice(WORDS.none);
  }), button(WORDS.upload, () => file.click()), file);
  document.head.append(Object.assign(document.createElement("style"), { textContent: STYLE }));
  return node;
}

function button(words, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: words, title: WORDS.kept });
  made.addEventListener("click", act);
  return made;
}

const STYLE = `
.nnlib-bar { display: flex; align-items: center; justify-content: flex-end; gap: 12px; flex: 1 0 auto; height: 40px;
  padding: 0 12px; font-size: 13px; color: var(--jp-ui-font-color1); white-space: nowrap; }
.nnlib-bar a { color: var(--jp-content-link-color); }
.nnlib-bar button { font: inherit; color: inherit; padding: 3px 9px; cursor: pointer; background: none;
  border: 1px solid var(--jp-border-color1); border-radius: 4px; }
.nnlib-bar button:hover { background: var(--jp-layout-color2); }
@media (max-width: 800px) { .nnlib-bar button { display: none; } }`;
