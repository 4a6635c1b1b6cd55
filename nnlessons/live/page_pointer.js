// What a mouse, pen or finger does on a demo beyond its controls: it points at places of the picture, and draws in a grid.
// A part of page_helper.js, which has `safely`, `text` and `pictureIn`.

function listenToPointer(box, model, signal) {
  const point = safely(event => {
    if (event.target !== pictureIn(box) || !(event.buttons & 1)) return;
    event.preventDefault(); // else the browser would drag the image away
    const { left, top, width, height } = event.target.getBoundingClientRect();
    model.set("pointed", [(event.clientX - left) / width, (event.clientY - top) / height]), model.save_changes();
  });

  let stroke = []; // the cells over which the button has been held down
  const draw = safely(event => { // empty cells are filled; a click on a single one is the button's own
    const cell = event.target.closest(".widget-gridbox button");
    if (event.type === "pointerdown") stroke = cell ? [cell] : [];
    else if (cell && event.buttons & 1 && stroke.length && !stroke.includes(cell))
      for (const each of stroke.push(cell) === 2 ? stroke : [cell]) if (text(each) === "") each.click();
  });

  const kinds = { pointerdown: [point, draw], pointermove: [point], dragstart: [point], pointerover: [draw] };
  for (const [kind, all] of Object.entries(kinds))
    for (const listener of all)
      if (listener === draw || model.get("pointing")) box.addEventListener(kind, listener, { signal });
}
