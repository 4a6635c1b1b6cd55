// A saved lesson remembers its live pictures by the names that they had in a kernel. Opened again, these names mean nothing, and
// the page would wait for them in vain. In their place it gets the saved picture, with its title and its description, and what
// to do. None of this is saved.

const LIVE = "application/vnd.jupyter.widget-view+json", SAVED = '<div class="nnlib-saved">';
const RUN = "Run this cell to move it (Shift + Enter). If you've just opened the lesson, run the cells above it first.";

export function showPictures(contents, sessions) {
  const get = contents.get.bind(contents), save = contents.save.bind(contents), opened = new Set();
  contents.get = async (path, options) => {
    const model = await get(path, options);
    if (model.type !== "notebook" || !model.content) return model;
    const alive = opened.has(path) && [...sessions.running()].some(session => session.path === path);
    opened.add(path); // its first session has nothing to show yet
    return alive ? model : { ...model, content: changed(model.content, withPicture) };
  };
  contents.save = (path, model = {}) =>
    save(path, model.type === "notebook" && model.content ? { ...model, content: changed(model.content, asSaved) } : model);
}

// A notebook with each output's data as `change` makes it.
function changed(book, change) {
  const cells = book.cells.map(cell => cell.outputs
    ? { ...cell, outputs: cell.outputs.map(output => output.data ? { ...output, data: change(output) } : output) } : cell);
  return { ...book, cells };
}

function withPicture({ data, metadata }) {
  const { [LIVE]: _, ...rest } = data, about = metadata?.["image/png"];
  return rest["image/png"] && about?.alt && !rest["text/html"] ? { ...rest, "text/html": inWords(rest, about) } : rest;
}

function asSaved({ data }) {
  const { "text/html": html, ...rest } = data;
  return html && [html].flat().join("").startsWith(SAVED) ? rest : data;
}

function inWords(data, { alt, width }) {
  const text = [data["text/plain"]].flat().join(""), moves = text !== alt;
  const title = moves ? text.slice(text.indexOf(": ") + 2) : alt.split(". ")[0];
  const shows = (alt.startsWith(title) ? alt.slice(title.length).replace(/^\./, "") : alt).trim();
  const png = [data["image/png"]].flat().join("").trim();
  return `${SAVED}<p><b>${escaped(title)}</b></p>` +
    `<img src="data:image/png;base64,${png}" alt="${escaped(alt)}" width="${Number(width)}" style="max-width: 100%; height: auto">` +
    `<p>${escaped(shows)}</p>${moves ? `<p><em>${RUN}</em></p>` : ""}</div>`;
}

const escaped = text => text.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt()};`);
