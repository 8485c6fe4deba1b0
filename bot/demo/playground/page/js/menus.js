// Menus one can search: static, from the app, of people and of conversations; one choice or several.

import { h, icon, newId } from "./dom.js";
import { screen } from "./screen.js";
import { text } from "./text.js";

const SEARCH_MS = 250;
const KEYS = {
  static_select: "option", external_select: "option", users_select: "user",
  conversations_select: "conversation", channels_select: "channel",
};

function words(option) {
  return option.text.text;
}

function plainOption(label, value) {
  return { text: { type: "plain_text", text: label }, value };
}

function people() {
  return screen.state.people.filter((each) => each.at_home).map((each) => plainOption(each.name, each.id));
}

function conversations(control) {
  const wanted = control.type.endsWith("channels_select") ? { include: ["public"] } : control.filter || {};
  const kinds = (wanted.include || ["public", "private", "im"]).map((each) => (each === "im" && !wanted.exclude_bot_users ? "direct" : each));
  const shown = (each) => kinds.includes(each.kind) && !(wanted.exclude_external_shared_channels && each.shared);
  const label = (each) => (each.kind === "direct" ? each.name : `# ${each.name}`);
  return screen.state.rooms.filter(shown).map((each) => plainOption(label(each), each.id));
}

// How each kind of menu finds its choices and keeps its answer.
function menuOf(block, control, surface) {
  const several = control.type.startsWith("multi_");
  const plainType = control.type.replace("multi_", "");
  const noun = KEYS[plainType];
  const key = `selected_${noun}${several ? "s" : ""}`;
  const byId = noun !== "option";
  const all = byId ? (noun === "user" ? people() : conversations(control)) : [];
  const held = surface.held(block, control)[key];
  const stored = several ? held || [] : held ? [held] : [];
  const chosen = byId ? stored.map((id) => all.find((each) => each.value === id) || plainOption(id, id)) : stored;
  const answer = (options) => {
    const kept = byId ? options.map((each) => each.value) : options;
    return { [key]: several ? kept : kept[0] || null };
  };
  return { several, external: plainType === "external_select", chosen, answer, own: byId ? all : ownOptions(control) };
}

function ownOptions(control) {
  const groups = control.option_groups;
  return groups ? groups.map((each) => ({ label: each.label, options: each.options })) : control.options || [];
}

export function menu(block, control, surface, label) {
  const kind = menuOf(block, control, surface);
  const listId = newId("list");
  let chosen = kind.chosen;
  let shown = [];
  let active = -1;
  let waiting = null;
  let asked = 0;

  const field = h("input", {
    type: "text", role: "combobox", autocomplete: "off", class: "menu-field", "aria-expanded": "false",
    "aria-controls": listId, "aria-label": label, "data-action-id": control.action_id,
    "data-block-id": block.block_id, "data-control": control.type,
    oninput: () => search(field.value), onclick: open, onkeydown: key, onblur: () => setTimeout(close, 150),
  });
  const list = h("div", { id: listId, class: "menu-list", role: "listbox", hidden: true });
  const chips = h("div", { class: "menu-chips" });
  const box = h("div", { class: "menu", "data-block-id": block.block_id }, chips, field, icon("down"), list);
  rest();
  return box;

  function rest() {
    const hint = control.placeholder ? control.placeholder.text : kind.several ? "Select options" : "Select an option";
    chips.replaceChildren(...(kind.several ? chosen.map(chip) : []));
    field.value = !kind.several && chosen.length ? words(chosen[0]) : "";
    field.placeholder = kind.several && chosen.length ? "" : hint;
    box.classList.toggle("empty", !chosen.length);
  }

  function chip(option) {
    const remove = () => take(chosen.filter((each) => each.value !== option.value));
    const cross = h("button", { type: "button", class: "chip-remove", "aria-label": `Remove ${words(option)}`, onclick: remove }, icon("close"));
    return h("span", { class: "chip" }, h("span", {}, text(option.text)), cross);
  }

  function open() {
    if (!list.hidden) return;
    field.select();
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    search("");
    place();
  }

  function place() {
    const at = box.getBoundingClientRect();
    const below = window.innerHeight - at.bottom;
    list.style.left = `${at.left}px`;
    list.style.width = `${at.width}px`;
    const up = below < 240 && at.top > below;
    list.style.top = up ? "auto" : `${at.bottom + 4}px`;
    list.style.bottom = up ? `${window.innerHeight - at.top + 4}px` : "auto";
  }

  function close() {
    if (list.hidden || list.contains(document.activeElement)) return;
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    rest();
  }

  function search(typed) {
    clearTimeout(waiting);
    if (list.hidden) {
      list.hidden = false;
      place();
    }
    if (!kind.external) {
      const low = typed.toLowerCase();
      const fits = (option) => words(option).toLowerCase().includes(low);
      const groups = kind.own.map((each) => (each.options ? { ...each, options: each.options.filter(fits) } : each));
      show(groups.filter((each) => (each.options ? each.options.length : fits(each))), "No results");
      return;
    }
    const least = control.min_query_length ?? 3;
    if (typed.length < least) {
      show([], least === 1 ? "Type to search" : `Type at least ${least} characters to search`);
      return;
    }
    show([], "Searching…");
    waiting = setTimeout(() => ask(typed), SEARCH_MS);
  }

  async function ask(typed) {
    asked += 1;
    const mine = asked;
    const outcome = await surface.options(block, control, typed);
    if (mine === asked) show(outcome.options || [], outcome.notice || "No results");
  }

  function show(options, otherwise) {
    shown = [];
    active = -1;
    const rows = options.flatMap((each) =>
      each.options ? [h("div", { class: "menu-group" }, text(each.label)), ...each.options.map(row)] : [row(each)],
    );
    list.replaceChildren(...(rows.length ? rows : [h("div", { class: "menu-none", role: "status" }, otherwise)]));
    if (shown.length) point(0);
  }

  function row(option) {
    const index = shown.push(option) - 1;
    const on = chosen.some((each) => each.value === option.value);
    return h(
      "div",
      {
        role: "option", id: `${listId}-${index}`, class: "menu-option", "aria-selected": String(on), "data-value": option.value,
        onmousedown: (event) => { event.preventDefault(); pick(option); },
        onmousemove: () => point(index),
      },
      h("span", { class: "menu-text" }, text(option.text)),
      option.description ? h("span", { class: "menu-description" }, text(option.description)) : null,
      on ? icon("check") : null,
    );
  }

  function point(index) {
    const rows = list.querySelectorAll('[role="option"]');
    if (rows[active]) rows[active].classList.remove("active");
    active = index;
    rows[active].classList.add("active");
    field.setAttribute("aria-activedescendant", rows[active].id);
    rows[active].scrollIntoView({ block: "nearest" });
  }

  function key(event) {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      list.hidden = true;
      rest();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!list.hidden && shown[active]) pick(shown[active]);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return open();
      if (!shown.length) return undefined;
      const step = event.key === "ArrowDown" ? 1 : shown.length - 1;
      point((active + step) % shown.length);
    } else if (event.key === "Backspace" && kind.several && !field.value && chosen.length) {
      take(chosen.slice(0, -1));
    }
    return undefined;
  }

  function pick(option) {
    if (!kind.several) {
      take([option]);
      list.hidden = true;
      field.setAttribute("aria-expanded", "false");
      return;
    }
    const on = chosen.some((each) => each.value === option.value);
    const most = control.max_selected_items || Infinity;
    if (!on && chosen.length >= most) return;
    take(on ? chosen.filter((each) => each.value !== option.value) : [...chosen, option]);
    search("");
  }

  async function take(options) {
    const before = chosen;
    chosen = options;
    rest();
    if (!(await surface.answer(block, control, kind.answer(options)))) {
      chosen = before;
      rest();
    }
  }
}
