// The modal in front: drawn anew when the app changes it, with what was typed and focused kept.

import { drawBlocks } from "./blocks.js";
import { h, icon } from "./dom.js";
import { focusable } from "./fields.js";
import { act, screen } from "./screen.js";
import { Surface } from "./surface.js";
import { text } from "./text.js";

let shown = null; // { id, hash, dialog, body, surface }

export function drawModals() {
  const stack = screen.state ? screen.state.modals : [];
  const view = stack[stack.length - 1];
  if (!view) return hide();
  if (shown && shown.id === view.id && shown.hash === view.hash) return undefined;
  if (shown && shown.id === view.id) return redraw(view, stack.length);
  hide();
  return open(view, stack.length);
}

function hide() {
  if (!shown) return;
  shown.dialog.remove();
  shown = null;
  cover(false);
  const composer = document.querySelector(".composer-field");
  if (composer) composer.focus();
}

// What lies under a modal can't be used, but one can still become somebody else.
function cover(on) {
  document.getElementById("modals").hidden = !on;
  for (const id of ["rooms", "room", "hints"]) document.getElementById(id).inert = on;
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || !shown || document.querySelector("dialog.confirm")) return;
  event.preventDefault();
  close();
});

function open(view, depth) {
  const dialog = h("dialog", {
    class: "modal", "data-testid": "modal", "aria-label": view.title.text, "aria-modal": "true",
  });
  document.getElementById("modals").append(dialog);
  shown = { id: view.id, dialog };
  fill(view, depth, {});
  cover(true);
  dialog.show();
  const first = dialog.querySelector(".modal-body input:not([type=file]), .modal-body textarea");
  const start = first && !first.matches(".menu-field") ? first : dialog.querySelector("footer button:last-child");
  start.focus();
}

function fill(view, depth, errors) {
  const surface = new Surface({ view_id: view.id }, view.values);
  const body = h("div", { class: "modal-body" }, drawBlocks(view.blocks, surface, errors));
  const header = h(
    "header",
    { class: "modal-head" },
    h("span", { class: "app-avatar small", "aria-hidden": "true" }, icon("ledger")),
    h("h2", { class: "modal-title" }, text(view.title)),
    h("button", { type: "button", class: "plain-icon", "aria-label": "Close", "data-testid": "modal-close", onclick: close }, icon("close")),
  );
  const trouble = h("div", { class: "modal-trouble", role: "alert", hidden: true, "data-testid": "modal-trouble" });
  const back = h("button", { type: "button", class: "button", "data-testid": "modal-cancel", onclick: close }, view.close ? text(view.close) : depth > 1 ? "Back" : "Close");
  const send = view.submit
    ? h("button", { type: "submit", class: "button primary", "data-testid": "modal-submit" }, text(view.submit))
    : null;
  const form = h(
    "form",
    { class: "modal-form", novalidate: true, onsubmit: (event) => { event.preventDefault(); submit(); } },
    header, body, trouble, h("footer", { class: "dialog-actions" }, back, send),
  );
  shown.dialog.setAttribute("aria-label", view.title.text);
  shown.dialog.replaceChildren(form);
  Object.assign(shown, { hash: view.hash, body, surface, send, trouble, view, depth });
}

function redraw(view, depth) {
  const focused = document.activeElement;
  const at = focused && shown.dialog.contains(focused) ? { ...focused.dataset } : null;
  const selection = at && focused.selectionStart !== null ? [focused.selectionStart, focused.selectionEnd] : null;
  const scrolled = shown.body.scrollTop;
  fill(view, depth, {});
  shown.body.scrollTop = scrolled;
  const again = at && at.actionId ? focusable(shown.dialog, at.blockId, at.actionId) : null;
  if (!again || again.matches(".menu-field")) return;
  again.focus();
  if (selection && again.matches("input[type=text], textarea")) again.setSelectionRange(...selection);
}

async function submit() {
  const { surface, send, trouble, id, view, depth } = shown;
  if (!send || send.getAttribute("aria-busy") === "true") return;
  send.setAttribute("aria-busy", "true");
  trouble.hidden = true;
  await surface.flush();
  const outcome = await act("submit", { view_id: id });
  send.removeAttribute("aria-busy");
  if (!shown || shown.id !== id || shown.hash !== view.hash) return;
  if (Object.keys(outcome.errors || {}).length) {
    const fresh = screen.state.modals.find((each) => each.id === id) || view;
    fill(fresh, depth, outcome.errors);
    const wrong = shown.dialog.querySelector('[aria-invalid="true"]') || shown.dialog.querySelector(".input-error");
    wrong.scrollIntoView({ block: "center" });
    if (wrong.matches("input, textarea")) wrong.focus();
  } else if (outcome.notice) {
    trouble.textContent = outcome.notice;
    trouble.hidden = false;
  } else if (outcome.ok) {
    shown.dialog.classList.add("done");
  }
}

async function close() {
  const { surface, id } = shown;
  await surface.flush();
  surface.forget();
  await act("close", { view_id: id });
}
