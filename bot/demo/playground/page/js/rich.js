// Rich text: sections, lists, quotes, preformatted text.

import { h } from "./dom.js";
import { formatDate } from "./dates.js";
import { emoji } from "./emoji.js";
import { channel, link, mention } from "./mrkdwn.js";

const STYLES = { bold: "strong", italic: "em", strike: "s", code: "code", underline: "u" };

function bare(element) {
  switch (element.type) {
    case "text": {
      const lines = element.text.split("\n");
      return h("span", {}, lines.flatMap((line, index) => (index ? [h("br"), line] : [line])));
    }
    case "link":
      return link(element.url, element.text || element.url);
    case "emoji":
      return h("span", {}, emoji(element.name));
    case "user":
      return mention(element.user_id);
    case "channel":
      return channel(element.channel_id);
    case "broadcast":
      return h("span", { class: "mention loud" }, `@${element.range}`);
    case "date":
      return h("time", {}, formatDate(element.timestamp, element.format));
    default:
      return h("span", {}, element.value || element.type);
  }
}

function piece(element) {
  let node = bare(element);
  for (const [style, on] of Object.entries(element.style || {})) {
    if (on && STYLES[style]) node = h(STYLES[style], {}, node);
  }
  return node;
}

function part(element) {
  switch (element.type) {
    case "rich_text_list": {
      const items = element.elements.map((item) => h("li", {}, item.elements.map(piece)));
      return h(element.style === "ordered" ? "ol" : "ul", { class: `indent-${element.indent || 0}` }, items);
    }
    case "rich_text_quote":
      return h("blockquote", {}, element.elements.map(piece));
    case "rich_text_preformatted":
      return h("pre", {}, element.elements.map(piece));
    default:
      return h("div", { class: "rich-section" }, element.elements.map(piece));
  }
}

export function richText(block) {
  return h("div", { class: "rich" }, block.elements.map(part));
}
