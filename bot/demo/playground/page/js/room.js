// The middle: a conversation with its composer, or the app's Home.

import { drawBlocks } from "./blocks.js";
import { drawComposer, dropped } from "./composer.js";
import { h, icon } from "./dom.js";
import { drawMessages } from "./messages.js";
import { go, room, screen } from "./screen.js";
import { toggleHints } from "./hints.js";
import { Surface } from "./surface.js";

const NEAR_PX = 120;
let parts = null; // { key, list, scroller, home }

export function drawRoom(root) {
  const here = room();
  const home = here.kind === "direct" && screen.tab === "home";
  const key = `${screen.person}/${here.id}/${home}/${screen.state.app.home_tab}`;
  if (!parts || parts.key !== key) build(root, here, home, key);
  if (home) drawHome();
  else drawList(here);
}

function build(root, here, home, key) {
  const list = h("ol", { class: "messages", "aria-label": `Messages in ${here.name}` });
  const scroller = h("div", { class: "scroller", role: home ? null : "log" }, home ? null : list);
  parts = { key, list, scroller, home: "", fresh: true };
  const composer = home ? null : drawComposer(here);
  root.ondragover = home ? null : (event) => event.preventDefault();
  root.ondrop = home ? null : dropped;
  root.replaceChildren(...[heading(here), tabs(here, home), scroller, composer].filter(Boolean));
}

function heading(here) {
  const direct = here.kind === "direct";
  const mark = direct
    ? h("span", { class: "app-avatar small", "aria-hidden": "true" }, icon("ledger"))
    : icon(here.kind === "private" ? "lock" : "hash");
  const help = h("button", { type: "button", class: "plain-icon", "aria-label": "What to try first", "data-testid": "show-hints", onclick: toggleHints }, icon("help"));
  return h(
    "header",
    { class: "room-head" },
    h("h1", {}, mark, here.name), h("span", { class: "topic" }, here.topic),
    screen.state.hints.length ? help : null,
  );
}

function tabs(here, home) {
  if (here.kind !== "direct" || !screen.state.app.home_tab) return null;
  const tab = (name, words, on) =>
    h("button", { type: "button", role: "tab", class: `tab ${on ? "current" : ""}`.trim(), "aria-selected": String(on), "data-testid": `${name}-tab`, onclick: () => go(here.id, name) }, words);
  return h("div", { class: "tabs", role: "tablist" }, tab("home", "Home", home), tab("messages", "Messages", !home));
}

function drawList(here) {
  const { scroller, list } = parts;
  const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_PX;
  drawMessages(list, here);
  const marked = screen.highlight && list.querySelector(".highlight");
  if (marked) {
    marked.scrollIntoView({ block: "center" });
    screen.highlight = "";
  } else if (atEnd || parts.fresh) scroller.scrollTop = scroller.scrollHeight;
  parts.fresh = false;
}

function drawHome() {
  const view = screen.state.home;
  const key = view ? view.hash : "none";
  if (parts.home === key) return;
  parts.home = key;
  const body = view
    ? drawBlocks(view.blocks, new Surface({ view_id: view.id }, view.values))
    : [h("p", { class: "empty-room" }, `${screen.state.app.name} hasn't put anything on Home yet.`)];
  parts.scroller.replaceChildren(h("div", { class: "home", "data-testid": "home", role: "tabpanel" }, body));
}
