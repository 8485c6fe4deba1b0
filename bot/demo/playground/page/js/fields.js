// Fields to type into, pickers, ticks.

import { h, newId } from "./dom.js";
import { text } from "./text.js";

function names(block, control) {
  return { "data-action-id": control.action_id, "data-block-id": block.block_id, "data-control": control.type };
}

// A field's answer goes along while it is typed; Enter tells the app where it asked.
export function field(block, control, surface, label) {
  const long = control.type === "plain_text_input" && control.multiline;
  const types = { email_text_input: "email", url_text_input: "url" };
  const held = surface.held(block, control).value ?? "";
  const answer = () => ({ value: input.value === "" ? null : input.value });
  const input = h(long ? "textarea" : "input", {
    ...names(block, control), class: "field", value: held, "aria-label": label,
    type: long ? null : types[control.type] || "text", rows: long ? 4 : null,
    inputmode: control.type === "number_input" ? "decimal" : null,
    maxlength: control.max_length, placeholder: (control.placeholder || {}).text, autocomplete: "off",
    oninput: () => surface.typed(block, control, answer()),
    onkeydown: (event) => {
      if (event.key !== "Enter" || long || !block.dispatch_action) return;
      event.preventDefault();
      surface.answer(block, control, answer());
    },
  });
  return input;
}

const PICKERS = { datepicker: ["date", "selected_date"], timepicker: ["time", "selected_time"] };

export function picker(block, control, surface, label) {
  const [type, key] = PICKERS[control.type];
  const change = () => surface.answer(block, control, { [key]: input.value || null });
  const held = surface.held(block, control)[key] || "";
  const input = h("input", {
    ...names(block, control), class: "field picker", type, value: held, "aria-label": label, onchange: change,
  });
  return input;
}

export function moment(block, control, surface, label) {
  const held = surface.held(block, control).selected_date_time;
  const local = (seconds) => {
    const date = new Date(seconds * 1000);
    return new Date(date.getTime() - date.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
  };
  const change = () => {
    const seconds = Math.floor(new Date(input.value).getTime() / 1000);
    surface.answer(block, control, { selected_date_time: seconds || null });
  };
  const input = h("input", {
    ...names(block, control), class: "field picker", type: "datetime-local", "aria-label": label,
    value: held ? local(held) : "", onchange: change,
  });
  return input;
}

export function ticks(block, control, surface, label) {
  const one = control.type === "radio_buttons";
  const held = surface.held(block, control);
  let chosen = one ? [held.selected_option].filter(Boolean) : held.selected_options || [];
  const group = newId("ticks");
  const is = (option) => chosen.some((each) => each.value === option.value && each.text.text === option.text.text);
  const rows = control.options.map((option) => {
    const box = h("input", {
      type: one ? "radio" : "checkbox", name: group, "data-value": option.value, onchange: () => change(option, box.checked),
    });
    box.checked = is(option);
    const words = h("span", { class: "tick-text" }, text(option.text));
    const more = option.description ? h("span", { class: "tick-description" }, text(option.description)) : null;
    return h("label", { class: "tick" }, box, h("span", {}, words, more));
  });
  async function change(option, on) {
    const before = chosen;
    chosen = one ? [option] : control.options.filter((each) => (each === option ? on : is(each)));
    const answer = one ? { selected_option: option } : { selected_options: chosen };
    if (await surface.answer(block, control, answer)) return;
    chosen = before;
    rows.forEach((row, index) => { row.querySelector("input").checked = is(control.options[index]); });
  }
  const role = one ? "radiogroup" : "group";
  return h("div", { ...names(block, control), class: "ticks", role, "aria-label": label }, rows);
}

// The selected radio or tick list keeps focus by its option's value.
export function focusable(root, blockId, actionId) {
  const found = root.querySelector(`[data-block-id="${CSS.escape(blockId)}"][data-action-id="${CSS.escape(actionId)}"]`);
  if (!found) return null;
  return found.matches("input, textarea, button") ? found : found.querySelector("input, button");
}
