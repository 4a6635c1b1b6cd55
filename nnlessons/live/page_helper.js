// What core ipywidgets can't do for a demo or a question on the page: names, roles and values for screen readers, keys that
// stay in the controls, typed numbers, and the screen's density. Everything works without it, and it never throws.

const BOX = ".nnlib-demo, .nnlib-question";
const FOLDED = ".jp-Cell summary"; // an exercise's hint, or an answer in the text: a key there must not delete its cell either
const KEPT = "data-lm-suppress-shortcuts"; // JupyterLab leaves the keys of an element with this attribute alone
const REST = 500; // ms without a change, after which a readout is announced

export default {
  render({ model, el }) {
    const leaving = new AbortController(), status = el.appendChild(document.createElement("div"));
    status.setAttribute("role", "status"); // it lasts: a live region that comes with its text in it often isn't spoken
    const look = setInterval(() => { // the page puts us into our box only after this call
      const box = el.closest(BOX);
      if (box) clearInterval(look), safely(help)(box, status, model, leaving.signal);
    }, 20);
    return () => (clearInterval(look), leaving.abort());
  },
};

function help(box, status, model, signal) {
  const words = model.get("words");
  const group = `nnlib-${Math.random()}`; // of radio buttons: with a common name, arrow keys go from one to the next
  let typing = null; // the number that the reader is changing, not taken yet
  let heard = null, waiting = null, timer = 0; // what was announced last, and what will be

  const enhance = safely(() => {
    const title = text(box.querySelector(".nnlib-title"));
    const label = widget => text(widget.querySelector(".widget-label")) || title;
    for (const slider of box.querySelectorAll(".widget-slider")) {
      const { handle, number } = partsOf(slider);
      set(handle, "role", "slider"), set(handle, "aria-label", label(slider));
      set(handle, "aria-disabled", String(handle?.closest("[disabled]") != null));
      set(number, "role", "textbox"), set(number, "aria-label", words.typed.replace("{label}", label(slider)));
      if (number && number !== typing) set(handle, "aria-valuetext", text(number));
    }
    for (const toggles of box.querySelectorAll(".widget-toggle-buttons"))
      set(toggles, "role", "group"), set(toggles, "aria-label", label(toggles));
    for (const grid of box.querySelectorAll(".widget-gridbox"))
      set(grid, "role", "group"), set(grid, "aria-label", title);
    for (const each of box.querySelectorAll(".widget-toggle-button"))
      set(each, "aria-pressed", String(each.classList.contains("mod-active")));
    for (const radios of box.querySelectorAll(".widget-radio-box")) {
      set(radios, "role", "radiogroup"), set(radios, "aria-label", title);
      for (const each of radios.querySelectorAll("input")) set(each, "name", group);
    }
    const playing = box.querySelector(".widget-play .fa-pause") != null;
    box.querySelectorAll(".widget-play button").forEach((each, place) =>
      set(each, "aria-label", [playing ? words.pause : words.play, words.stop, words.repeat][place]));
    for (const each of box.querySelectorAll("button[title]")) // "◀", "◀ step", or a cell with nothing in it
      if (each.title && (/[◀▶]/.test(text(each)) || !/[\p{L}\p{N}]/u.test(text(each)))) set(each, "aria-label", each.title);
    for (const each of box.querySelectorAll(".nnlib-reset")) set(each, "aria-label", `${text(each)}: ${title}`);
    const readout = box.querySelector(".nnlib-readout"), said = text(readout);
    set(pictureIn(box), "alt", said || title);
    for (const each of box.children) each.inert = box.classList.contains("jupyter-widgets-disconnected");
    readout?.removeAttribute("role"), announceAtRest(said, playing); // a status without us; it would speak at each step
  });

  function announceAtRest(said, playing) {
    heard ??= said; // what is there at first isn't news
    if (!playing && said === (waiting ?? heard)) return;
    clearTimeout(timer);
    waiting = playing ? null : said;
    if (!playing) timer = setTimeout(() => { waiting = null, heard = status.textContent = said; }, REST);
  }

  const onKey = safely(event => {
    const here = event.target;
    if (!box.contains(here) && !here.matches(FOLDED)) return;
    if (passes(event)) here.removeAttribute(KEPT);
    else set(here, KEPT, "true");
    if (here.matches(".widget-readout") && event.key === "Enter") take(here);
    if (here === typing && event.key === "Escape")
      here.textContent = partsOf(here.closest(".widget-slider")).handle.getAttribute("aria-valuetext");
    if (event.key === " " && here.getAttribute("role") === "slider") event.preventDefault(); // it would scroll the page
  });
  const onInput = event => { if (event.target.matches?.(".widget-readout")) typing = event.target; };
  const onBlur = event => { // ipywidgets takes a number at Enter only
    if (event.target === typing) typing.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", keyCode: 13, bubbles: true }));
  };
  function take(number) { // as Python writes it
    typing = null;
    number.textContent = text(number).replace(/[\u2212\u2013]/g, "-").replace(",", ".");
  }

  const sayDensity = safely(() => { // now, and whenever the window comes to another screen or is zoomed
    model.set("density", window.devicePixelRatio), model.save_changes();
    matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`).addEventListener("change", sayDensity, { once: true, signal });
  });
  if (pictureIn(box)) sayDensity();
  listenToPointer(box, model, signal);

  window.addEventListener("keydown", onKey, { capture: true, signal }); // before JupyterLab's, which is on the document
  box.addEventListener("input", onInput, { signal });
  box.addEventListener("blur", onBlur, { capture: true, signal });
  const observer = new MutationObserver(enhance);
  signal.addEventListener("abort", () => { clearTimeout(timer), observer.disconnect(); });
  const attributeFilter = ["class", "title", "disabled", "aria-valuetext"];
  observer.observe(box, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter });
  enhance();
}

const pictureIn = box => box.querySelector("img.nnlib-picture, .nnlib-picture img");
const partsOf = slider => // in ipywidgets 8 and 7
  ({ handle: slider.querySelector(".noUi-handle, .ui-slider-handle"), number: slider.querySelector(".widget-readout") });
const passes = ({ key, altKey, ctrlKey, metaKey, shiftKey }) => // run the cell, save, list of files, all commands
  !altKey && (key === "Enter" ? shiftKey || ctrlKey || metaKey
    : (ctrlKey || metaKey) && (shiftKey ? /^c$/i : /^[sb]$/i).test(key));
const text = node => node?.textContent.trim() ?? "";
const set = (node, name, value) => { if (node && node.getAttribute(name) !== value) node.setAttribute(name, value); };
const safely = work => (...all) => { try { work(...all); } catch { /* then the page stays as ipywidgets made it */ } };
