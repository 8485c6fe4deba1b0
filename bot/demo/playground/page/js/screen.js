// What is on the screen: the person, the place, the last state, and who is told when it changes.

import { look, post } from "./backend.js";
import { released } from "./press.js";

const listeners = [];
const RETRY_MS = 700;

export const screen = { state: null, person: "", place: "", tab: "messages", highlight: "" };

let ahead = 0; // of this browser's clock

// The workspace's time in milliseconds: a playground may go by a clock of its own.
export function now() {
  return Date.now() + ahead;
}

let watching = null;

export function onChange(listener) {
  listeners.push(listener);
}

export function changed() {
  for (const listener of listeners) listener(screen);
}

export function me() {
  return screen.state.people.find((each) => each.id === screen.person);
}

export function room() {
  const rooms = screen.state.rooms;
  return rooms.find((each) => each.id === screen.place) || rooms[rooms.length - 1];
}

// One gesture of the person in front of the screen.
export function act(gesture, body) {
  return post(gesture, { as: screen.person, ...body });
}

export async function become(person) {
  screen.person = person;
  screen.state = null;
  await watch();
}

export function go(place, tab = "messages") {
  screen.place = place;
  screen.tab = tab;
  remember();
  changed();
  markRead();
  openedApp();
}

// The app hears that its Home or its messages were opened.
function openedApp() {
  if (room().kind === "direct" && screen.state.app.home_tab) act("home", { tab: screen.tab });
}

export function markRead() {
  const here = room();
  const visible = here.kind !== "direct" || screen.tab === "messages";
  if (here.unread && visible && document.visibilityState === "visible") act("read", { channel: here.id });
}

function remember() {
  history.replaceState(null, "", `/#${screen.person}/${screen.place}/${screen.tab}`);
}

// Follow the workspace for as long as the page is open.
export async function watch() {
  if (watching) watching.abort();
  const mine = new AbortController();
  watching = mine;
  let since = 0;
  while (!mine.signal.aborted) {
    try {
      const state = await look(screen.person, since, mine.signal);
      await released();
      if (mine.signal.aborted) return;
      const first = !since;
      since = state.version;
      screen.state = state;
      ahead = state.now * 1000 - Date.now();
      screen.person = state.me;
      document.body.classList.remove("offline");
      settle();
      changed();
      markRead();
      if (first) openedApp();
    } catch (error) {
      if (mine.signal.aborted) return;
      document.body.classList.add("offline");
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
    if (!document.body.dataset.ready) document.body.dataset.ready = "yes";
  }
}

// Stay where one was, unless this person can't see it.
function settle() {
  const rooms = screen.state.rooms;
  if (rooms.some((each) => each.id === screen.place)) return;
  screen.place = rooms[rooms.length - 1].id;
}

// Read the page's address: #PERSON/PLACE/TAB, or a message's permalink.
export function readAddress() {
  const [person, place, tab] = location.hash.slice(1).split("/");
  if (person) screen.person = person;
  if (place) screen.place = place;
  if (tab) screen.tab = tab;
  const link = location.pathname.match(/^\/archives\/([^/]+)\/p(\d+)$/);
  if (link) openLink(link[1], link[2]);
}

export function openLink(channel, digits) {
  screen.place = channel;
  screen.tab = "messages";
  screen.highlight = `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}
