// Left: who you are, and where you can go.

import { h, icon } from "./dom.js";
import { become, go, screen } from "./screen.js";

export function avatar(person, size = "") {
  const name = person ? person.name : "?";
  const colour = person ? screen.state.people.indexOf(person) % 6 : 0;
  return h("span", { class: `avatar colour-${colour} ${size}`.trim(), "aria-hidden": "true" }, name.slice(0, 1).toUpperCase());
}

export function drawPeople(root) {
  const buttons = screen.state.people.map((person) => {
    const mine = person.id === screen.person;
    const unread = person.unread && !mine ? h("span", { class: "dot", "aria-label": `${person.unread} unread` }) : null;
    return h(
      "button",
      {
        type: "button", class: `person ${mine ? "current" : ""}`.trim(), "data-testid": `user-${person.handle}`,
        "aria-pressed": String(mine), title: `${person.name}, ${person.title}`, onclick: () => become(person.id),
      },
      h("span", { class: "avatar-box" }, avatar(person), unread),
      h("span", { class: "person-name" }, person.name),
      h("span", { class: "person-title" }, person.title),
    );
  });
  root.replaceChildren(h("div", { class: "people-head" }, "You are"), ...buttons);
}

export function drawRooms(root) {
  const rooms = screen.state.rooms;
  const team = h(
    "div",
    { class: "team" },
    h("span", { class: "team-mark", "aria-hidden": "true" }, screen.state.team.name.slice(0, 1)),
    h("span", { class: "team-name" }, screen.state.team.name),
  );
  const channels = rooms.filter((each) => each.kind !== "direct").map(channelRow);
  const apps = rooms.filter((each) => each.kind === "direct").map(appRow);
  root.replaceChildren(
    team,
    h("div", { class: "rooms-head" }, "Channels"), ...channels,
    h("div", { class: "rooms-head" }, "Apps"), ...apps,
    h("div", { class: "rooms-foot" }, "A Slack that lives on this machine. Nothing here leaves it."),
  );
}

function row(room, mark, testId, tab) {
  const here = room.id === screen.place;
  const unread = room.unread ? h("span", { class: "badge", "data-testid": "unread" }, String(room.unread)) : null;
  return h(
    "button",
    {
      type: "button", class: `room-row ${here ? "current" : ""} ${room.unread ? "unread" : ""}`.trim(),
      "data-testid": testId, "aria-current": here ? "page" : null, onclick: () => go(room.id, tab),
    },
    mark, h("span", { class: "room-name" }, room.name), unread,
  );
}

function channelRow(room) {
  return row(room, icon(room.kind === "private" ? "lock" : "hash"), `channel-${room.name}`, "messages");
}

function appRow(room) {
  const mark = h("span", { class: "app-avatar tiny", "aria-hidden": "true" }, icon("ledger"));
  return row(room, mark, "app", "messages");
}
