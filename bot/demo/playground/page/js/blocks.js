// Blocks, each drawn by its type.

import { button, control, image } from "./controls.js";
import { h } from "./dom.js";
import { link } from "./mrkdwn.js";
import { richText } from "./rich.js";
import { chart } from "./charts.js";
import { dataTable, table } from "./tables.js";
import { markdown, text } from "./text.js";

const ALERTS = { default: "💬", info: "ℹ️", warning: "⚠️", error: "⛔", success: "✅" };

export function drawBlocks(blocks, surface, errors = {}) {
  return blocks.map((block) => {
    const draw = DRAWN[block.type];
    const inside = draw ? draw(block, surface, errors) : [h("em", {}, `[${block.type}]`)];
    return h("div", { class: `block block-${block.type}`, "data-block": block.block_id }, inside);
  });
}

function section(block, surface) {
  const words = block.text ? h("div", { class: "section-text" }, text(block.text)) : null;
  const fields = block.fields
    ? h("div", { class: "section-fields" }, block.fields.map((each) => h("div", { class: "section-field" }, text(each))))
    : null;
  const label = block.text ? block.text.text : "Choose";
  const side = block.accessory
    ? h("div", { class: `accessory accessory-${block.accessory.type}` }, control(block, block.accessory, surface, label))
    : null;
  return [h("div", { class: "section-main" }, words, fields), side];
}

function context(block) {
  return block.elements.map((each) =>
    each.type === "image" ? image(each, "context-image") : h("span", { class: "context-text" }, text(each)),
  );
}

function actions(block, surface) {
  return block.elements.map((each) => control(block, each, surface, each.placeholder ? each.placeholder.text : each.type));
}

function input(block, surface, errors) {
  const label = block.label.text;
  const wrong = errors[block.block_id];
  const drawn = control(block, block.element, surface, label);
  const field = drawn.matches("input, textarea") ? drawn : drawn.querySelector("input");
  if (wrong && field) field.setAttribute("aria-invalid", "true");
  const optional = block.optional ? h("span", { class: "quiet" }, " (optional)") : null;
  const grouped = ["checkboxes", "radio_buttons", "file_input"].includes(block.element.type);
  const name = h(grouped ? "div" : "label", { class: "input-label" }, text(block.label), optional);
  if (!grouped && field) {
    field.id = field.id || `field-${block.block_id}-${block.element.action_id}`;
    name.setAttribute("for", field.id);
  }
  return [
    name,
    drawn,
    wrong ? h("div", { class: "input-error", role: "alert", "data-testid": "field-error" }, wrong) : null,
    block.hint ? h("div", { class: "input-hint" }, text(block.hint)) : null,
  ];
}

function alert(block) {
  const level = block.level || "default";
  return h("div", { class: `alert alert-${level}`, role: "alert" }, h("span", { class: "alert-icon", "aria-hidden": "true" }, ALERTS[level]), h("div", {}, text(block.text)));
}

function card(block, surface) {
  return h(
    "div",
    { class: "card" },
    block.title ? h("div", { class: "card-title" }, text(block.title)) : null,
    block.subtitle ? h("div", { class: "quiet" }, text(block.subtitle)) : null,
    block.body ? h("div", {}, text(block.body)) : null,
    block.actions ? h("div", { class: "block-actions" }, block.actions.map((each) => button(block, each, surface))) : null,
    block.subtext ? h("div", { class: "quiet" }, text(block.subtext)) : null,
  );
}

function container(block, surface, errors) {
  const title = block.title ? text(block.title) : block.rich_text_title ? richText(block.rich_text_title) : [];
  const more = block.subtitle ? h("div", { class: "quiet" }, text(block.subtitle)) : null;
  const inside = drawBlocks(block.child_blocks, surface, errors);
  if (!block.is_collapsible) return h("div", { class: "container" }, h("div", { class: "card-title" }, title), more, inside);
  const open = !block.default_collapsed;
  return h("details", { class: "container", open }, h("summary", { class: "card-title" }, title), more, inside);
}

function picture(block) {
  const title = block.title ? h("figcaption", {}, text(block.title)) : null;
  return h("figure", { class: "picture" }, title, image(block, "picture-image"));
}

const DRAWN = {
  section, context, actions, input, alert, card, container,
  header: (block) => h("h3", { class: "header-text" }, text(block.text)),
  divider: () => h("hr"),
  image: picture,
  rich_text: (block) => richText(block),
  table: (block, surface) => table(block, surface),
  data_table: (block, surface) => dataTable(block, surface),
  data_visualization: (block) => chart(block),
  markdown: (block) => markdown(block.text),
  carousel: (block, surface) => h("div", { class: "carousel" }, block.elements.map((each) => card(each, surface))),
  video: (block) => h("div", { class: "card" }, h("strong", {}, text(block.title)), " ", link(block.video_url, "Watch")),
};
