// The reader's copies of the lessons as one zip file, so that any other program can open it, too.

import { freePath } from "./newer.js";

const FILE = "my_lessons.zip";
const utf8 = text => new TextEncoder().encode(text);

// Hand all notebooks that this browser keeps to the reader. false: there are none.
export async function download(base) {
  const books = await kept(base);
  if (!books.length) return false;
  const address = URL.createObjectURL(new Blob([zipped(books)], { type: "application/zip" }));
  Object.assign(document.createElement("a"), { href: address, download: FILE }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return true;
}

// [[path, bytes]] of the notebooks in JupyterLite's storage.
async function kept(base) {
  const database = await asked(indexedDB.open(`JupyterLite Storage - ${new URL(base).pathname}`));
  const models = database.objectStoreNames.contains("files")
    ? await asked(database.transaction("files").objectStore("files").getAll()) : [];
  database.close();
  return models.filter(model => model?.type === "notebook" && model.content)
    .map(model => [model.path, utf8(JSON.stringify(model.content, null, 1) + "\n")]);
}

const asked = request => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result), request.onerror = () => reject(request.error);
});

// Lay the notebooks of a file, a zip or one notebook, among the reader's, beside what is there. Returns their paths.
export async function bringBack(contents, file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const found = file.name.endsWith(".ipynb") ? [[`notebooks/${file.name}`, bytes]] : await unzipped(bytes);
  const paths = [];
  for (const [path, content] of found) {
    const book = JSON.parse(new TextDecoder().decode(content));
    const mine = await contents.get(path, { content: true }).catch(() => null);
    if (mine && JSON.stringify(mine.content.cells.map(cell => cell.source)) === JSON.stringify(book.cells.map(cell => cell.source)))
      continue;
    const free = mine ? await freePath(contents, path, "brought back") : path;
    await contents.save(free, { type: "notebook", format: "json", content: book });
    paths.push(free);
  }
  return paths;
}

// -- zip: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT ----------------------------------------------------------

const LOCAL = 0x04034b50, CENTRAL = 0x02014b50, END = 0x06054b50, NAMES_ARE_UTF8 = 0x0800;

function zipped(files) {
  const parts = [], central = [];
  let at = 0;
  for (const [path, bytes] of files) {
    const name = utf8(path), sizes = [crc32(bytes), bytes.length, bytes.length];
    const about = [[2, 20], [2, NAMES_ARE_UTF8], [2, 0], [4, 0x21 << 16], ...sizes.map(one => [4, one]), [2, name.length], [2, 0]];
    const local = numbers([4, LOCAL], ...about);
    central.push(numbers([4, CENTRAL], [2, 20], ...about, [2, 0], [2, 0], [2, 0], [4, 0], [4, at]), name);
    parts.push(local, name, bytes);
    at += local.length + name.length + bytes.length;
  }
  const size = central.reduce((sum, part) => sum + part.length, 0), count = [2, files.length];
  return new Blob([...parts, ...central, numbers([4, END], [2, 0], [2, 0], count, count, [4, size], [4, at], [2, 0])]);
}

// Little-endian: [how many bytes, number].
function numbers(...pairs) {
  const bytes = [];
  for (const [width, number] of pairs) for (let byte = 0; byte < width; byte++) bytes.push((number >>> (8 * byte)) & 255);
  return new Uint8Array(bytes);
}

function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc >>> 0;
}

async function unzipped(bytes) {
  const view = new DataView(bytes.buffer), found = [];
  let end = bytes.length - 22;
  while (view.getUint32(end, true) !== END) end--; // RangeError: it isn't a zip
  let at = view.getUint32(end + 16, true);
  for (let count = view.getUint16(end + 10, true); count; count--) {
    const short = offset => view.getUint16(at + offset, true), long = offset => view.getUint32(at + offset, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + short(28)));
    const start = long(42) + 30 + view.getUint16(long(42) + 26, true) + view.getUint16(long(42) + 28, true);
    if (name.endsWith(".ipynb")) found.push([name, await inflated(bytes.subarray(start, start + long(20)), short(10))]);
    at += 46 + short(28) + short(30) + short(32);
  }
  return found;
}

async function inflated(bytes, method) {
  if (!method) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
