// Lets the pictures of a page move without Python. A demo's states were drawn beforehand ("baked"), and the reader's
// controls choose among them; what isn't baked is never faked. Each page holds this file inline, and the states come as
// a classic script that calls nnlibBaked(key, data): a page opened by double click can load neither modules nor JSON.

const WORDS = {
  reset: "Reset", resetName: "Reset: {title}", back: "One step back: {label}", on: "One step on: {label}",
  play: "Play", pause: "Pause", restart: "Back to the start", stepBack: "One step back", stepOn: "One step on",
  step: "step {step}", lastStep: "step {step}, the last one on this page", clock: "Step by step",
  noFurther: "This page has no further step for these values.", runOn: "Run it yourself to go on.",
  gives: "On this page {label} goes from {wanted} to {shown}, because these values weren't drawn together.",
  near: "The nearest value that this page has to {label} = {wanted} is {shown}.",
  run: "Run it yourself to try any values.", only: "The notebook also has these controls: {names}.",
  runOnly: "Run it yourself to use them.", picture: "{title} – {words}", link: "Link to what you see here",
  missing: "The moving picture could not be loaded, so this one stays still.", embed: "Embed this picture",
  copy: "Copy", code: "Copy this line of code", html: "Copy this line of HTML", copied: "Copied", selected: "Selected",
};
const REST = 500, SPEED = 20, CALM_SPEED = 5; // ms until words are announced; steps a second, and in calm
const KEPT = 32, AHEAD = [1, -1, 2, -2, -Infinity, Infinity]; // decoded pictures; stops that are decoded ahead
const NEAR = "600px"; // how far from the window demos are loaded
const idle = globalThis.requestIdleCallback ?? (work => setTimeout(work, 30));
const fill = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const escaped = text => text.replace(/[&"<]/g, letter => ({ "&": "&amp;", '"': "&quot;", "<": "&lt;" })[letter]);
const bare = code => code.replace(/^(['"])(.*)\1$/s, "$2"); // a Python string without its quotes, for the address
const longest = texts => texts.reduce((most, text) => text.length > most.length ? text : most);
const within = (number, last) => Math.min(Math.max(number, 0), last);
const grouped = (all, keyOf) => all.reduce((found, each) => // as Map.groupBy does, which older browsers don't have
  found.set(keyOf(each), [...found.get(keyOf(each)) ?? [], each]), new Map());

// -- The HTML of a demo. What a button does is in data-do; data-control is a control's place in the list.
const button = (act, text, name = "", by = 1) => `<button type="button" data-do="${act}" data-by="${by}" ${
  name && `title="${name}" aria-label="${name}"`}>${text}</button>`;
function inside({ kind, id, label, stops }) { // ... a control's box
  const each = html => stops.map(([text], stop) => fill(html, { text: escaped(text), stop })).join("");
  const arrow = (sign, name, by) => kind === "stepper" ? button("turn", sign, fill(name, { label }), by) : "";
  if (kind === "button") return button("turn", label);
  if (kind === "check") return `<label><input type="checkbox" data-do="turn" data-by="1">${label}</label>`;
  if (kind === "text")
    return `<label>${label}<select>${each('<option value="{stop}">{text}</option>')}</select></label>`;
  if (kind === "choice") return `<fieldset><legend>${label}</legend>${
    each(`<label><input type="radio" name="${id}" data-stop="{stop}"><span>{text}</span></label>`)}</fieldset>`;
  return `<label for="${id}">${label}</label>${arrow("◀", WORDS.back, -1)}<input type="range" id="${id}"
    max="${stops.length - 1}">${arrow("▶", WORDS.on, 1)}<output aria-live="off" style="min-width: ${
    longest(stops.map(([text]) => text)).length}ch"></output>`; // not live: the slider says its value itself
}
function group([heading, specs]) { // controls under their heading, or without one
  const row = `<div class="demo-row">${specs.map(spec => `<div class="demo-control demo-${spec.kind}"
    data-control="${spec.place}">${inside(spec)}</div>`).join("")}</div>`;
  if (heading === "More") return `<details><summary>${heading}</summary>${row}</details>`;
  return heading ? `<fieldset class="demo-group"><legend>${escaped(heading)}</legend>${row}</fieldset>` : row;
}
const lead = (run, text) => run && ` <a href="${escaped(run)}">${text}</a>`; // to where everything can be moved
const markup = ({ title, size: [width, height], density, presets, clock, all, only, texts }, groups, run) => `
<div class="demo-body ${groups.some(([heading]) => heading) ? "demo-grouped" : ""}" style="--ratio: ${width / height}">
  <div class="demo-controls">
    <div class="demo-row">${Object.keys(presets).map(name => button("preset", escaped(name))).join("")}
      ${button("reset", WORDS.reset, escaped(fill(WORDS.resetName, { title })))}</div>
    <div class="demo-row" role="group" aria-label="${WORDS.clock}" ${clock ? "" : "hidden"}>
      ${button("toggle", WORDS.play)} ${button("step", "|◀", WORDS.restart, -Infinity)}
      ${button("step", "◀", WORDS.stepBack, -1)} ${button("step", "▶", WORDS.stepOn)} <b class="demo-count"></b>
    </div>${groups.map(group).join("")}</div>
  <div class="demo-shown"><div class="demo-sheet">
      <canvas class="demo-picture" role="img" hidden style="width: ${width}px"
        width="${(width * density).toFixed()}" height="${(height * density).toFixed()}"></canvas></div>
    <div><p class="demo-room" data-longest="${escaped(longest(texts))}"><span class="demo-words"></span></p>
      <p class="demo-notice ${all ? "" : "demo-some"}"></p></div></div></div>
${only.length ? `<p>${escaped(fill(WORDS.only, { names: only.join(", ") }))}${lead(run, WORDS.runOnly)}</p>` : ""}
<p class="demo-line"><a title="${WORDS.link}"><code></code></a>${button("copy", WORDS.copy, WORDS.code)}</p>
<details class="demo-embed" ${alone ? "hidden" : ""}><summary>${WORDS.embed}</summary>
  <p class="demo-line"><code></code>${button("copy", WORDS.copy, WORDS.html)}</p></details>
<p class="demo-status" role="status"></p>`; // the status is made empty: only a change is spoken

// -- The nearest state (its index) among those that have the pinned controls as wanted: the fewest other controls that
// differ, then the least distance, then the latest step that isn't after the wanted one.
function nearest(states, wanted, step, pinned) {
  let best = -1, least = Infinity;
  states.forEach(([stops, at], state) => {
    const off = wanted.map((stop, place) => Math.abs(stop - stops[place])), late = at <= step ? step - at : 5e6 + at;
    const cost = off.reduce((sum, distance) => sum + (distance && 1e12 + 1e7 * distance), late);
    if (cost < least && !pinned.some(place => off[place])) best = state, least = cost;
  });
  return best < 0 ? nearest(states, wanted, step, []) : best;
}
function painter(canvas, { states, pictures }, failed) { // draws states, and decodes their pictures
  let turns = 0, painted = 0, bitmaps = new Map(); // picture -> the promise of its bitmap; the one used last comes last
  const layers = (state, index = states[state][3], [base, left, top, webp] = pictures[index]) => // [picture, left, top]
    [...base < 0 ? [] : [[base, 0, 0]], ...webp ? [[index, left, top]] : []]; // a whole one, and one drawn over it
  function decoded([picture]) {
    const blob = () => new Blob([Uint8Array.from(atob(pictures[picture][3]), letter => letter.charCodeAt(0))]);
    const bitmap = bitmaps.get(picture) ?? createImageBitmap(blob());
    bitmaps.delete(picture), bitmaps.set(picture, bitmap), bitmap.catch(() => {});
    if (bitmaps.size > KEPT) bitmaps.delete(bitmaps.keys().next().value);
    return bitmap;
  }
  async function paint(state) { // in this frame if it's decoded; one that comes late isn't drawn over a newer one
    const turn = ++turns, all = layers(state), ready = await Promise.all(all.map(decoded)).catch(failed);
    if (!ready || turn < painted) return;
    painted = turn, canvas.hidden = false, canvas.previousElementSibling?.remove(); // the still picture
    ready.forEach((bitmap, place) => canvas.getContext("2d").drawImage(bitmap, ...all[place].slice(1)));
  }
  return { paint, prepare: state => layers(state).map(decoded), forget: () => bitmaps.clear() };
}

function play(figure, data) { // gives a figure its controls
  const { title, controls, states, texts, lines, presets } = data, { run = "" } = figure.dataset;
  const places = [...controls.keys()], specs = controls.map((spec, place) =>
    ({ ...spec, place, label: escaped(spec.label), id: `${figure.id}-${spec.name}` }));
  const byStep = [...states.keys()].sort((one, other) => states[one][1] - states[other][1]);
  const runs = grouped(byStep, state => states[state][0].join()); // the steps of the clock for the same stops
  const seen = specs.filter(({ kind }) => !/hidden|drawing/.test(kind)); // the others are moved by the presets only
  const html = markup(data, [...grouped(seen, ({ group }) => group)], run);
  const page = document.createRange().createContextualFragment(html), part = name => page.querySelector(name);
  const picture = part("canvas"), words = part(".demo-words"), notice = part(".demo-notice");
  const link = part(".demo-line a"), embed = part(".demo-embed"), status = part(".demo-status");
  const toggle = part("[data-do=toggle]"), count = part(".demo-count");
  const boxes = places.map(place => part(`[data-control="${place}"]`));
  const { paint, prepare, forget } = painter(picture, data, () => { tell(WORDS.missing, WORDS.run); });
  let shown = 0, hot = null, playing = 0, time = 0, resting = 0, waiting = null, hash = "";
  const stops = () => states[shown][0], at = () => states[shown][1], steps = () => runs.get(stops().join());
  const tell = (sentence, link) => notice.innerHTML = sentence && escaped(sentence) + lead(run, link);
  const wanted = (moved, stop) => places.map(place => place === moved ? stop
    : controls[moved].resets.includes(controls[place].name) ? controls[place].start : stops()[place]);
  const move = (place, stop) => go(wanted(place, stop), at(), [place]);
  function go(wanted, step, pinned, said = []) { // to the nearest state, and say which controls gave way
    const state = nearest(states, wanted, step, pinned), now = states[state][0];
    const gives = ({ label, stops }, place) => now[place] === wanted[place] ? []
      : fill(WORDS.gives, { label, wanted: stops[wanted[place]][0], shown: stops[now[place]][0] });
    tell([...said, ...controls.flatMap(gives)].join(" "), WORDS.run);
    time = states[state][1], latest = figure, show(state), touched();
  }
  function open(values) { // what an address doesn't name is as at the start, and of numbers the nearest one is taken
    const off = (value, code, home) => bare(code) === value ? -1 // how far a stop is from a value
      : value === null || isNaN(value - code) ? Number(!home) : Math.abs(value - code);
    const far = controls.map(({ name, start, stops }) =>
      stops.map(([, code], stop) => off(values.get(name), code, stop === start)));
    const wanted = far.map(each => each.indexOf(Math.min(...each)));
    const others = controls.flatMap(({ name, label, stops }, place) => far[place][wanted[place]] <= 0 ? []
      : fill(WORDS.near, { label, wanted: values.get(name), shown: stops[wanted[place]][0] }));
    pause(), go(wanted, Math.min(Number(values.get("step")) || 0, 1e6), [], others);
  }
  function show(state) {
    const [stops, step, index, , off] = states[shown = state];
    paint(state);
    boxes.forEach((box, place) => box?.querySelectorAll("input, select, button").forEach(input => {
      const stop = stops[place], [text, code] = controls[place].stops[stop];
      input.disabled = off.includes(place), input.value = stop;
      input.checked = input.type === "radio" ? Number(input.dataset.stop) === stop : code === "True";
      if (input.type === "range") input.setAttribute("aria-valuetext", box.querySelector("output").textContent = text);
    }));
    words.textContent = texts[index], picture.ariaLabel = fill(WORDS.picture, { title, words: texts[index] });
    count.textContent = fill(steps().length > 1 && state === steps().at(-1) ? WORDS.lastStep : WORDS.step, { step });
    showAddress(), waiting ??= idle(prepareNext);
  }
  function showAddress() { // as code, as a link, and as HTML for another page
    const changed = places.filter(place => stops()[place] !== states[0][0][place])
      .map(place => [controls[place].name, bare(controls[place].stops[stops()[place]][1])]);
    const values = at() ? [...changed, ["step", `${at()}`]] : changed, [page] = location.href.split(/[?#]/);
    hash = `#${figure.id}${values.length ? `?${new URLSearchParams(values)}` : ""}`;
    link.href = page + hash, link.firstChild.textContent = lines[shown];
    if (!embed.open) return;
    figure.style.width = "724px"; // as in a frame of 740, to see how high that has to be
    const height = figure.offsetHeight - embed.offsetHeight + 24, source = escaped(`${page}?demo=${figure.id}${hash}`);
    figure.style.width = "", embed.querySelector("code").textContent =
      `<iframe src="${source}" width="740" height="${height}" title="${escaped(title)}"></iframe>`;
  }
  function touched() { // once the reader rests, say what is shown and put it into the address
    clearTimeout(resting), resting = playing ? 0 : setTimeout(() => {
      status.textContent = `${words.textContent} ${notice.textContent}`;
      if (latest === figure) history.replaceState(null, "", hash);
    }, REST);
  }
  function prepareNext() { // decode what may come next: the clock's steps, and the stops of the control at hand
    const place = steps().indexOf(shown), near = hot === null || playing ? [] : AHEAD;
    waiting = null, steps().slice(Math.max(place - 1, 0), place + 3).forEach(prepare);
    for (const stop of near.map(by => within(stops()[hot] + by, controls[hot].stops.length - 1)))
      prepare(nearest(states, wanted(hot, stop), at(), [hot]));
  }
  const pause = () => { if (playing) playing = clearInterval(playing), toggle.textContent = WORDS.play, touched(); };
  function tick() { // one real step; shown is the latest baked one
    const now = ++time, state = steps().findLast(each => states[each][1] <= now);
    if (state !== shown) show(state);
    if (state === steps().at(-1)) pause();
  }
  const acts = { // what the buttons do
    toggle() {
      const speed = matchMedia("(prefers-reduced-motion: reduce)").matches ? CALM_SPEED : SPEED;
      if (playing) return pause();
      if (steps().length === 1) return tell(WORDS.noFurther, WORDS.runOn);
      if (shown === steps().at(-1)) show(steps()[0]);
      time = at(), toggle.textContent = WORDS.pause, playing = setInterval(tick, 1000 / speed), touched();
    },
    step(by) { // so many baked steps on or back
      const state = steps()[within(steps().indexOf(shown) + by, steps().length - 1)];
      tell(by > 0 && state === shown ? WORDS.noFurther : "", WORDS.runOn), pause(), show(state), touched();
    },
    turn(by, pressed, place) { // one stop on or back; only a stepper doesn't start over after its last one
      const next = stops()[place] + by, there = controls[place].stops[next];
      if (there || controls[place].kind !== "stepper") move(place, there ? next : 0);
    },
    preset(_, { textContent }) {
      const chosen = controls.map(({ name }) => presets[textContent][name]);
      pause(), go(places.map(place => chosen[place] ?? stops()[place]), 0, places.filter(place => chosen[place] >= 0));
    },
    reset() { pause(), go(states[0][0], 0, []); },
    async copy(_, pressed) { // or select, if this page may not use the clipboard
      const line = pressed.parentNode.querySelector("code"), copying = navigator.clipboard?.writeText(line.textContent);
      const done = await copying?.then(() => WORDS.copied, () => {}) ?? getSelection().selectAllChildren(line);
      status.textContent = pressed.textContent = done ?? WORDS.selected;
      setTimeout(() => pressed.textContent = WORDS.copy, 4 * REST);
    },
  };
  const placeOf = target => Number(target.closest("[data-control]")?.dataset.control);
  const act = pressed => acts[pressed.dataset.do](Number(pressed.dataset.by), pressed, placeOf(pressed));
  figure.querySelector("figcaption").replaceWith(page), picture.before(figure.querySelector("img.demo-picture"));
  figure.ariaLabel = title, embed.ontoggle = showAddress, show(0);
  figure.onclick = ({ target }) => target.closest("[data-do]") && act(target.closest("[data-do]"), latest = figure);
  figure.oninput = ({ target }) =>
    target.type === "checkbox" || move(placeOf(target), Number(target.dataset.stop ?? target.value));
  for (const event of ["focusin", "pointerover"]) figure.addEventListener(event, ({ target }) => {
    if (target.closest("[data-control]")) hot = placeOf(target), waiting ??= idle(prepareNext);
  });
  return { open, forget };
}
// -- Loading. A figure remembers whether it is near, the promise of its states, and its player.
const figures = [...document.querySelectorAll("figure.demo[data-demo]")];
const named = name => figures.find(({ id }) => id === name);
const alone = named(new URLSearchParams(location.search).get("demo"));
let busy = false, latest = null; // whether a near demo is being loaded, and the demo that was moved last
globalThis.nnlibBaked = (key, data) =>
  figures.forEach(figure => figure.dataset.demo === key && (figure.player = play(figure, data)));
const load = figure => figure.loaded ??= new Promise(done => { // once
  const { demo, root } = figure.dataset, script = document.createElement("script");
  script.onload = script.onerror = done, script.src = `${root}baked/${demo}.js`, document.head.append(script);
}).then(() => figure.player || figure.insertAdjacentHTML("beforeend", `<p class="demo-notice">${WORDS.missing}</p>`));
async function loadNearest() { // one at a time
  const distance = figure => Math.abs(figure.getBoundingClientRect().top + figure.offsetHeight / 2 - innerHeight / 2);
  const waiting = figures.filter(({ near, loaded }) => near && !loaded).sort((a, b) => distance(a) - distance(b));
  if (!busy && waiting.length) busy = true, await load(waiting[0]), busy = false, loadNearest();
}
async function openNamed() { // what the address says, at once
  const [name, values] = location.hash.slice(1).split("?"), figure = named(name);
  if (figure) figure.scrollIntoView(), await load(figure), figure.player?.open(new URLSearchParams(values));
}
const watch = new IntersectionObserver(entries => {
  for (const { isIntersecting, target } of entries) if (!(target.near = isIntersecting)) target.player?.forget();
  loadNearest();
}, { rootMargin: NEAR });
if (alone) document.documentElement.classList.add("alone"), document.body.innerHTML = "<main>";
if (alone) document.body.firstChild.append(alone);
for (const figure of alone ? [alone] : figures) watch.observe(figure);
addEventListener("hashchange", openNamed), openNamed();
