// Says in the bar whether Python has started, and if it can't, what remains.

import { CLOSE, notice } from "./notice.js";

const WORDS = {
  starting: "Python is starting …",
  ready: "Python is ready",
  failed: "Python isn't running",
  "no wasm": "This browser can't run Python: it has no WebAssembly, or it's turned off. The pictures on the lesson's page move " +
    "without it.",
  "no pyodide": "Python couldn't be loaded from {host}. Either you're offline, or your network blocks that address. The " +
    "pictures on the lesson's page move without it.",
  slow: "Python hasn't started yet. The device may have too little memory for it, as some tablets do. The pictures on the " +
    "lesson's page move without it.",
  page: "Go to the lesson's page",
};
const PATIENCE = 90_000; // ms
// What each lesson's first cell imports, while the reader still reads. Their first cell is In[1] all the same.
const WARM_UP = '__import__("nnlessons.live.view"); get_ipython().execution_count = 0';

export async function watchPython(sessions, pyodide, page, place) {
  const say = words => { if (place.textContent !== words) place.textContent = words; };
  const fail = words => (say(WORDS.failed), notice(words, { [WORDS.page]: () => { location.href = page; }, ...CLOSE }));
  if (typeof WebAssembly === "undefined") return fail(WORDS["no wasm"]);
  if (!await fetch(pyodide, { method: "HEAD" }).then(answer => answer.ok, () => false))
    return fail(WORDS["no pyodide"].replace("{host}", new URL(pyodide, location).host));
  const watched = new Set();
  const look = () => {
    for (const model of sessions.running()) {
      if (watched.has(model.kernel?.id)) continue;
      watched.add(model.kernel?.id), say(WORDS.starting);
      const session = sessions.connectTo({ model, kernelConnectionOptions: { handleComms: false } }); // or it closes the demos'
      const slow = setTimeout(() => fail(WORDS.slow), PATIENCE);
      session.kernel.requestExecute({ code: WARM_UP, silent: true, store_history: false }).done
        .then(() => say(WORDS.ready), () => {}).finally(() => (clearTimeout(slow), session.dispose()));
    }
  };
  sessions.runningChanged.connect(look), look();
}
