// Where one writes: a message, or a slash command with the list of them.

import { upload } from "./backend.js";
import { h, icon } from "./dom.js";
import { fileRow } from "./files.js";
import { act, screen } from "./screen.js";
import { toast } from "./toast.js";

const kept = new Map(); // person/place → what was typed but not sent
let current = null;

export function drawComposer(here) {
  const place = `${screen.person}/${here.id}`;
  let active = 0;
  let offered = [];
  let files = [];

  const direct = here.kind === "direct";
  const hint = direct ? `Message ${here.name}, or type / for commands` : `Message #${here.name}`;
  const field = h("textarea", {
    class: "composer-field", rows: 1, "data-testid": "composer", placeholder: hint, "aria-label": hint,
    value: kept.get(place) || "", oninput: typed, onkeydown: key, "aria-controls": "command-list",
  });
  const list = h("div", { id: "command-list", class: "command-list", role: "listbox", hidden: true, "data-testid": "commands" });
  const usage = h("div", { class: "usage", hidden: true });
  const attached = h("ul", { class: "file-list" });
  const chooser = h("input", { type: "file", multiple: true, class: "visually-hidden", tabindex: "-1", "aria-label": "Attach files", onchange: () => attach([...chooser.files]) });
  const clip = h("button", { type: "button", class: "plain-icon", "aria-label": "Attach files", onclick: () => chooser.click() }, icon("clip"));
  const samples = screen.state.samples.length ? h("button", { type: "button", class: "plain-icon", "aria-label": "Attach sample files", "aria-expanded": "false", onclick: toggleShelf }, icon("file")) : null;
  const shelf = h(
    "div", { class: "composer-shelf", hidden: true, role: "group", "aria-label": "Sample files", "data-testid": "shelf" },
    screen.state.samples.map((name) => h("button", { type: "button", class: "button", onclick: () => take(name) }, name)),
  );
  const slash = h("button", { type: "button", class: "plain-icon", "aria-label": "Commands", onclick: () => put("/") }, icon("slash"));
  const send = h("button", { type: "submit", class: "send", "aria-label": "Send" }, icon("send"));
  const form = h(
    "form",
    { class: "composer", onsubmit: (event) => { event.preventDefault(); submit(); } },
    list, h("div", { class: "composer-box" }, field, attached, usage, shelf, h("div", { class: "composer-bar" }, slash, clip, samples, chooser, send)),
  );
  current = { put, attach };
  typed();
  return form;

  function put(text) {
    field.value = text;
    field.focus();
    typed();
  }

  function typed() {
    kept.set(place, field.value);
    field.style.height = "auto";
    if (field.scrollHeight) field.style.height = `${Math.min(field.scrollHeight, 200)}px`;
    send.disabled = !field.value.trim() && !files.length;
    const named = field.value.match(/^\/\S*$/);
    offered = named ? screen.state.commands.filter((each) => each.name.startsWith(field.value)) : [];
    active = 0;
    drawList();
    const whole = screen.state.commands.find((each) => field.value === each.name || field.value.startsWith(`${each.name} `));
    usage.hidden = !whole || !whole.usage_hint;
    usage.textContent = whole ? `${whole.name} ${whole.usage_hint}` : "";
  }

  function drawList() {
    list.hidden = !offered.length;
    list.replaceChildren(
      h("div", { class: "command-head" }, `${screen.state.app.name} commands`),
      ...offered.map((each, index) =>
        h(
          "div",
          {
            role: "option", class: `command ${index === active ? "active" : ""}`.trim(), "aria-selected": String(index === active),
            "data-command": each.name, onmousedown: (event) => { event.preventDefault(); complete(each); },
          },
          h("span", { class: "command-name" }, each.name), h("span", { class: "command-hint" }, each.usage_hint),
          h("span", { class: "command-words" }, each.description),
        )),
    );
  }

  function complete(command) {
    put(`${command.name} `);
    offered = [];
    drawList();
  }

  function key(event) {
    const choosing = offered.length && !list.hidden;
    if (choosing && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      active = (active + (event.key === "ArrowDown" ? 1 : offered.length - 1)) % offered.length;
      drawList();
    } else if (event.key === "Escape" && choosing) {
      offered = [];
      drawList();
    } else if (event.key === "Tab" && choosing) {
      event.preventDefault();
      complete(offered[active]);
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (choosing && offered[active].name !== field.value) complete(offered[active]);
      else submit();
    }
  }

  async function attach(given) {
    for (const file of given) keep(await upload(screen.person, file));
    chooser.value = "";
  }

  async function take(name) {
    keep(await act("sample", { name }));
  }

  function keep(answer) {
    if (answer.file) files.push(answer.file);
    else toast(answer.notice || "The upload didn't work.");
    drawFiles();
  }

  function toggleShelf() {
    shelf.hidden = !shelf.hidden;
    samples.setAttribute("aria-expanded", String(!shelf.hidden));
  }

  function drawFiles() {
    const drop = (file) => () => {
      files = files.filter((each) => each !== file);
      drawFiles();
    };
    attached.replaceChildren(...files.map((file) => fileRow(file, drop(file))));
    send.disabled = !field.value.trim() && !files.length;
  }

  async function submit() {
    const text = field.value.trim();
    const sent = files.map((each) => each.id);
    if (!text && !sent.length) return;
    files = [];
    drawFiles();
    if (!shelf.hidden) toggleShelf();
    put("");
    const command = text.match(/^(\/\S+)\s*([\s\S]*)$/);
    form.classList.add("sending");
    if (command) await act("command", { command: command[1], text: command[2], channel: here.id });
    else await act("say", { channel: here.id, text, files: sent });
    form.classList.remove("sending");
  }
}

// Files let go anywhere in the conversation are attached to what is being written there.
export function dropped(event) {
  event.preventDefault();
  if (current) current.attach([...event.dataTransfer.files]);
}

// Fill the composer on screen, as a hint's command does.
export function compose(text) {
  if (current) current.put(text);
}
