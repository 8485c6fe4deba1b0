// Any control, drawn by its type.

import { h, icon } from "./dom.js";
import { field, moment, picker, ticks } from "./fields.js";
import { fileInput } from "./files.js";
import { menu } from "./menus.js";
import { text } from "./text.js";

export function control(block, element, surface, label) {
  const kind = element.type;
  if (kind === "button") return button(block, element, surface);
  if (kind === "overflow") return overflow(block, element, surface);
  if (kind === "image") return image(element);
  if (kind.includes("_select")) return menu(block, element, surface, label);
  if (kind === "checkboxes" || kind === "radio_buttons") return ticks(block, element, surface, label);
  if (kind === "datepicker" || kind === "timepicker") return picker(block, element, surface, label);
  if (kind === "datetimepicker") return moment(block, element, surface, label);
  if (kind === "file_input") return fileInput(block, element, surface, label);
  return field(block, element, surface, label);
}

export function image(element, className = "accessory-image") {
  return h("img", { class: className, src: element.image_url, alt: element.alt_text, title: element.alt_text });
}

export function button(block, element, surface) {
  const press = async () => {
    if (node.getAttribute("aria-busy") === "true") return;
    await surface.press(block, element, "", () => {
      if (element.url) window.open(element.url, "_blank", "noopener,noreferrer");
      node.setAttribute("aria-busy", "true");
    });
    node.removeAttribute("aria-busy");
  };
  const node = h(
    "button",
    {
      type: "button", class: `button ${element.style || ""}`.trim(), onclick: press,
      "data-action-id": element.action_id, "data-block-id": block.block_id, "data-value": element.value,
      "aria-label": element.accessibility_label,
    },
    text(element.text),
  );
  return node;
}

function overflow(block, element, surface) {
  const choose = (option) => {
    list.hidden = true;
    if (option.url) window.open(option.url, "_blank", "noopener,noreferrer");
    surface.press(block, element, option.value || "");
  };
  const list = h(
    "div",
    { class: "overflow-list", role: "menu", hidden: true },
    element.options.map((option) =>
      h("button", { type: "button", role: "menuitem", "data-value": option.value, onclick: () => choose(option) },
        h("span", {}, text(option.text)),
        option.description ? h("span", { class: "menu-description" }, text(option.description)) : null),
    ),
  );
  const toggle = () => {
    list.hidden = !list.hidden;
    if (!list.hidden) list.querySelector("button").focus();
  };
  const opener = h(
    "button",
    {
      type: "button", class: "button overflow-button", "aria-label": "More actions", "aria-haspopup": "menu",
      "data-action-id": element.action_id, "data-block-id": block.block_id, onclick: toggle,
    },
    icon("more"),
  );
  const leave = (event) => {
    if (!box.contains(event.relatedTarget)) list.hidden = true;
  };
  const escape = (event) => {
    if (event.key !== "Escape" || list.hidden) return;
    event.preventDefault();
    event.stopPropagation();
    list.hidden = true;
    opener.focus();
  };
  const box = h("div", { class: "overflow", onfocusout: leave, onkeydown: escape }, opener, list);
  return box;
}
