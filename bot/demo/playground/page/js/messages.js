// One message: who said it, when, what, and for whom.

import { drawBlocks } from "./blocks.js";
import { dayOf, timeOf, today } from "./dates.js";
import { h, icon } from "./dom.js";
import { fileRow } from "./files.js";
import { mrkdwn } from "./mrkdwn.js";
import { act, screen } from "./screen.js";
import { avatar } from "./sidebar.js";
import { Surface } from "./surface.js";

const TOGETHER_SECONDS = 300;
const drawn = new Map(); // ts → { key, element }

export function drawMessages(list, room) {
  const messages = threaded(room.messages);
  const elements = [];
  let before = null;
  for (const message of messages) {
    if (!before || dayOf(before.ts) !== dayOf(message.ts)) elements.push(day(message.ts));
    elements.push(kept(message, follows(before, message)));
    before = message;
  }
  if (!messages.length) elements.push(empty(room));
  swap(list, elements);
}

// Replies stand under what they reply to.
function threaded(messages) {
  const replies = (ts) => messages.filter((each) => each.thread_ts === ts && each.ts !== ts);
  const known = new Set(messages.map((each) => each.ts));
  const top = messages.filter((each) => !each.thread_ts || each.thread_ts === each.ts || !known.has(each.thread_ts));
  return top.flatMap((each) => [each, ...replies(each.ts).map((reply) => ({ ...reply, reply: true }))]);
}

function follows(before, message) {
  return Boolean(before) && before.author === message.author && !message.ephemeral && !before.ephemeral &&
    !message.reply && !before.reply && Number(message.ts) - Number(before.ts) < TOGETHER_SECONDS;
}

// A message is drawn again only when it has changed, so that what one is doing in it stays.
function kept(message, together) {
  const { values, ...rest } = message;
  const key = JSON.stringify([rest, together, screen.person, screen.state.people.length, today()]);
  const known = drawn.get(message.ts);
  if (known && known.key === key) return known.element;
  const element = draw(message, together);
  drawn.set(message.ts, { key, element });
  return element;
}

function swap(list, elements) {
  elements.forEach((element, index) => {
    const there = list.children[index];
    if (there === element) return;
    if (there) list.insertBefore(element, there);
    else list.append(element);
  });
  while (list.children.length > elements.length) list.lastElementChild.remove();
}

function day(ts) {
  return h("li", { class: "day", role: "separator" }, h("span", {}, dayOf(ts)));
}

function empty(room) {
  const direct = room.kind === "direct";
  const mark = direct
    ? h("span", { class: "app-avatar", "aria-hidden": "true" }, icon("ledger"))
    : h("span", { class: "room-mark", "aria-hidden": "true" }, icon(room.kind === "private" ? "lock" : "hash"));
  const title = direct ? room.name : `#${room.name}`;
  const words = direct
    ? `This is where ${room.name} talks to you. Type / below to see what it can do.`
    : `This is the start of #${room.name}. ${room.topic}`;
  return h("li", { class: "empty-room" }, mark, h("strong", {}, title), h("span", {}, words));
}

function author(message) {
  if (message.author === screen.state.app.user_id) {
    const face = h("span", { class: "app-avatar", "aria-hidden": "true" }, icon("ledger"));
    return { name: screen.state.app.name, face, app: true };
  }
  if (message.author === screen.state.app.slackbot) {
    return { name: "Slackbot", face: h("span", { class: "avatar slackbot", "aria-hidden": "true" }, "S"), app: false };
  }
  const person = screen.state.people.find((each) => each.id === message.author);
  return { name: person ? person.name : message.author, face: avatar(person), app: false };
}

function draw(message, together) {
  const who = author(message);
  const surface = new Surface({ channel: message.channel, ts: message.ts }, message.values);
  const classes = ["message", together ? "together" : "", message.ephemeral ? "ephemeral" : "", message.reply ? "reply" : ""];
  if (screen.highlight === message.ts) classes.push("highlight");
  const head = h(
    "div",
    { class: "message-head" },
    h("strong", { class: "author" }, who.name),
    who.app ? h("span", { class: "app-badge" }, "App") : null,
    h("time", { class: "when", datetime: message.ts }, timeOf(message.ts)),
  );
  const words = message.blocks.length
    ? h("div", { class: "blocks" }, drawBlocks(message.blocks, surface))
    : h("div", { class: "words" }, mrkdwn(message.text), message.edited && !who.app ? edited() : null);
  const files = message.files.length ? h("ul", { class: "file-list" }, message.files.map((file) => fileRow(file))) : null;
  return h(
    "li",
    {
      class: classes.filter(Boolean).join(" "), "data-testid": "message", "data-ts": message.ts,
      "data-updates": String(message.updates), "data-ephemeral": message.ephemeral ? "yes" : null,
    },
    message.ephemeral ? onlyYou() : null,
    h("div", { class: "gutter" }, who.face, h("span", { class: "gutter-time" }, timeOf(message.ts))),
    h("div", { class: "message-main" }, head, words, files, message.ephemeral ? dismiss(message) : null),
  );
}

function edited() {
  return h("span", { class: "quiet" }, " (edited)");
}

function onlyYou() {
  return h("div", { class: "only-you" }, icon("eye"), "Only visible to you");
}

function dismiss(message) {
  const away = () => act("dismiss", { channel: message.channel, ts: message.ts });
  return h("div", { class: "dismiss" }, h("button", { type: "button", class: "link", onclick: away }, "Dismiss message"));
}
