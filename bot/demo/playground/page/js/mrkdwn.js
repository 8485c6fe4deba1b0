// Slack's mrkdwn as elements: *bold*, _italic_, ~strike~, `code`, > quotes, <links|and mentions>.

import { h, icon } from "./dom.js";
import { formatDate } from "./dates.js";
import { withEmoji } from "./emoji.js";
import { openLink, screen, changed } from "./screen.js";

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const INLINE = /```([\s\S]+?)```|`([^`\n]+)`|<([^<>\n]+)>|(?<=^|[\s([{"'.,;:!?*_~—–-])([*_~])(?=\S)([^\n]*?\S)\4(?=$|[\s)\]}"'.,;:!?*_~—–-])/;
const STYLES = { "*": "strong", _: "em", "~": "s" };

export function plain(text) {
  return withEmoji(text.replace(/&(amp|lt|gt);/g, (entity) => ENTITIES[entity]));
}

export function mrkdwn(text) {
  const lines = text.split("\n");
  const parts = [];
  for (let at = 0; at < lines.length; ) {
    const quoted = [];
    while (at < lines.length && /^(&gt;|>)/.test(lines[at])) {
      quoted.push(lines[at].replace(/^(&gt;|>) ?/, ""));
      at += 1;
    }
    if (quoted.length) {
      parts.push(h("blockquote", {}, inline(quoted.join("\n"))));
      continue;
    }
    const plainLines = [];
    while (at < lines.length && !/^(&gt;|>)/.test(lines[at])) {
      plainLines.push(lines[at]);
      at += 1;
    }
    parts.push(...inline(plainLines.join("\n")));
  }
  return parts;
}

function inline(text) {
  const nodes = [];
  let rest = text;
  for (let found = rest.match(INLINE); found; found = rest.match(INLINE)) {
    if (found.index) nodes.push(...words(rest.slice(0, found.index)));
    nodes.push(piece(found));
    rest = rest.slice(found.index + found[0].length);
  }
  if (rest) nodes.push(...words(rest));
  return nodes;
}

function piece([, block, code, angled, mark, styled]) {
  if (block !== undefined) return h("pre", {}, plain(block.replace(/^\n/, "")));
  if (code !== undefined) return h("code", {}, plain(code));
  if (angled !== undefined) return angle(angled);
  return h(STYLES[mark], {}, inline(styled));
}

function words(text) {
  const lines = plain(text).split("\n");
  return lines.flatMap((line, index) => (index ? [h("br"), line] : [line])).filter((each) => each !== "");
}

function angle(inside) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? "" : inside.slice(bar + 1);
  if (target.startsWith("@")) return mention(target.slice(1), label);
  if (target.startsWith("#")) return channel(target.slice(1), label);
  if (target.startsWith("!date^")) return date(target, label);
  if (target.startsWith("!")) return h("span", { class: "mention loud" }, `@${label || target.slice(1)}`);
  return link(plain(target), plain(label || target.replace(/^mailto:/, "")));
}

export function mention(id, label = "") {
  const person = screen.state.people.find((each) => each.id === id);
  const app = screen.state.app.user_id === id ? screen.state.app.name : "";
  const mine = id === screen.person ? " mine" : "";
  return h("span", { class: `mention${mine}` }, `@${(person && person.name) || app || label || id}`);
}

export function channel(id, label = "") {
  const found = screen.state.rooms.find((each) => each.id === id);
  if (!found && !label) return h("span", { class: "mention unseen" }, icon("lock"), "private channel");
  return h("span", { class: "mention" }, `#${found ? found.name : label}`);
}

function date(target, fallback) {
  const [, seconds, format, url] = target.split("^");
  const shown = formatDate(Number(seconds), plain(format));
  const time = h("time", { title: plain(fallback) }, shown);
  return url ? link(plain(url), shown) : time;
}

export function link(url, label) {
  if (!/^(https?:|mailto:)/.test(url)) return h("span", {}, label);
  const own = url.match(/^https?:\/\/[^/]+\/archives\/([^/]+)\/p(\d+)/);
  if (own && new URL(url).host === location.host) {
    return h("a", { href: url, onclick: (event) => followHere(event, own) }, label);
  }
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label);
}

function followHere(event, [, place, digits]) {
  event.preventDefault();
  openLink(place, digits);
  changed();
}
