// Short notices at the foot of the page, above everything else.

import { h } from "./dom.js";

const SHOWN_MS = 6000;

export function toast(text) {
  const box = document.getElementById("toasts");
  const note = h("div", { class: "toast", "data-testid": "toast" }, text);
  box.append(note);
  if (box.matches(":popover-open")) box.hidePopover();
  box.showPopover(); // again, so that it lies above a dialog opened meanwhile
  setTimeout(() => {
    note.remove();
    if (!box.childElementCount && box.matches(":popover-open")) box.hidePopover();
  }, SHOWN_MS);
}
