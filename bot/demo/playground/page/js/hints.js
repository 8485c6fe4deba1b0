// "What to try first": a list of steps whose commands fill the composer.

import { compose } from "./composer.js";
import { h, icon } from "./dom.js";
import { changed, room, screen } from "./screen.js";

const KEY = "playground-hints-away";

function away() {
  return sessionStorage.getItem(KEY) === "yes";
}

export function toggleHints() {
  sessionStorage.setItem(KEY, away() ? "no" : "yes");
  changed();
}

export function drawHints(root) {
  const hidden = away() || !screen.state.hints.length;
  root.hidden = hidden;
  document.getElementById("app").classList.toggle("with-hints", !hidden);
  if (hidden || root.childElementCount) return;
  root.replaceChildren(
    h(
      "div",
      { class: "hints-head" },
      h("h2", {}, "What to try first"),
      h("button", { type: "button", class: "plain-icon", "aria-label": "Hide these hints", "data-testid": "hide-hints", onclick: toggleHints }, icon("close")),
    ),
    h("ol", { class: "hint-list", "data-testid": "hints" }, screen.state.hints.map((hint) => h("li", {}, h("div", {}, words(hint))))),
  );
}

// Text in backticks is a command to click, or just code.
function words(hint) {
  return hint.split(/(`[^`]+`)/).map((part) => {
    if (!part.startsWith("`") || part.length < 3) return part;
    const inside = part.slice(1, -1);
    if (!inside.startsWith("/")) return h("code", {}, inside);
    return h("button", { type: "button", class: "hint-command", onclick: () => fillIn(inside) }, inside);
  });
}

function fillIn(command) {
  if (screen.tab === "home" && room().kind === "direct") {
    screen.tab = "messages";
    changed();
  }
  compose(`${command} `.replace(/\s+$/, command.includes(" ") ? "" : " "));
}
