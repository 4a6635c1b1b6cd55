// The reader's copy of a lesson hides the site's. When the site has a newer one, say so, and lay it beside the copy if they like.

import { notice } from "./notice.js";

const WORDS = {
  newer: "There's a newer version of this lesson. Yours stays as it is.",
  take: "Open the new one beside mine",
  keep: "Keep mine",
  failed: "The new lesson couldn't be loaded. Are you offline?",
};
const key = path => `nnlib-seen:${path}`;
const origin = path => path.replace(/ \(new \d+\)(?=\.ipynb$)/, "");

// versions: {path: version} of the site's notebooks
export function announceNewer(contents, versions, base) {
  const get = contents.get.bind(contents);
  contents.get = async (path, options) => {
    const model = await get(path, options);
    const mine = model.content?.metadata?.nnlib?.version, newest = versions[origin(path)];
    if (model.type === "notebook" && mine && newest && mine !== newest && localStorage[key(path)] !== newest) {
      const seen = () => { localStorage[key(path)] = newest; };
      notice(WORDS.newer, { [WORDS.take]: () => take(contents, path, base).then(seen), [WORDS.keep]: seen });
    }
    return model;
  };
}

async function take(contents, path, base) {
  const answer = await fetch(`${base}files/${origin(path)}`, { cache: "no-cache" }).catch(() => null);
  if (!answer?.ok) return notice(WORDS.failed), Promise.reject(new Error(WORDS.failed));
  const beside = await freePath(contents, origin(path));
  await contents.save(beside, { type: "notebook", format: "json", content: await answer.json() });
  location.search = new URLSearchParams({ path: beside });
}

// "00_neuron (new 2).ipynb", or the first number that's free
export async function freePath(contents, path, word = "new") {
  for (let number = 2; ; number++) {
    const free = path.replace(/\.ipynb$/, ` (${word} ${number}).ipynb`);
    if (!await contents.get(free, { content: false }).catch(() => null)) return free;
  }
}
