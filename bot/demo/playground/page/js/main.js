// Starts the page: one state, drawn in four places.

import { drawHints } from "./hints.js";
import { drawModals } from "./modal.js";
import { drawRoom } from "./room.js";
import { onChange, readAddress, room, screen, watch } from "./screen.js";
import { drawPeople, drawRooms } from "./sidebar.js";

const part = (id) => document.getElementById(id);

function draw() {
  if (!screen.state) return;
  drawPeople(part("people"));
  drawRooms(part("rooms"));
  drawRoom(part("room"));
  drawHints(part("hints"));
  drawModals();
  const unread = screen.state.rooms.reduce((sum, each) => sum + each.unread, 0);
  document.title = `${unread ? `(${unread}) ` : ""}${room().name} · ${screen.state.team.name}`;
}

readAddress();
onChange(draw);
watch();
