// A sentence at the foot of the page, with what one can do about it. It stays until it's answered or closed.

export const CLOSE = { Close: () => {} };

// actions: {words on a button: what it does}
export function notice(text, actions = CLOSE) {
  for (const older of document.querySelectorAll(".nnlib-notice")) if (older.firstChild.textContent === text) older.remove();
  const box = document.createElement("div");
  box.className = "nnlib-notice", box.setAttribute("role", "alert");
  box.append(Object.assign(document.createElement("p"), { textContent: text }));
  for (const [words, act] of Object.entries(actions)) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: words });
    button.addEventListener("click", () => (box.remove(), act()));
    box.append(button);
  }
  notices().append(box);
}

function notices() {
  const found = document.querySelector(".nnlib-notices");
  if (found) return found;
  const place = document.body.appendChild(document.createElement("div"));
  place.className = "nnlib-notices";
  document.head.append(Object.assign(document.createElement("style"), { textContent: STYLE }));
  return place;
}

const STYLE = `
.nnlib-notices { position: fixed; z-index: 10000; bottom: 12px; left: 50%; translate: -50%; width: min(640px, 94vw); }
.nnlib-notice { margin-top: 8px; padding: 10px 14px; border-radius: 6px; box-shadow: 0 2px 10px #0006; font-size: 15px;
  line-height: 1.45; background: var(--jp-layout-color1); color: var(--jp-ui-font-color1); border-left: 5px solid #d55e00; }
.nnlib-notice p { margin: 0 0 6px; }
.nnlib-notice button { font: inherit; margin-right: 8px; padding: 3px 12px; cursor: pointer; }`;
