// Text objects, and a little Markdown for the markdown block.

import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { link, mrkdwn } from "./mrkdwn.js";

// A text object as nodes: plain text keeps every character, mrkdwn is read.
export function text(object) {
  if (!object) return [];
  if (object.type === "mrkdwn") return mrkdwn(object.text);
  const shown = object.emoji === false ? object.text : withEmoji(object.text);
  return shown.split("\n").flatMap((line, index) => (index ? [h("br"), line] : [line]));
}

const INLINE = /\*\*(.+?)\*\*|\*(.+?)\*|_(.+?)_|`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)/;

function inline(line) {
  const nodes = [];
  let rest = line;
  for (let found = rest.match(INLINE); found; found = rest.match(INLINE)) {
    const [whole, bold, star, under, code, label, url] = found;
    nodes.push(withEmoji(rest.slice(0, found.index)));
    if (bold) nodes.push(h("strong", {}, inline(bold)));
    else if (star || under) nodes.push(h("em", {}, inline(star || under)));
    else if (code) nodes.push(h("code", {}, code));
    else nodes.push(link(url, label));
    rest = rest.slice(found.index + whole.length);
  }
  return [...nodes, withEmoji(rest)];
}

export function markdown(source) {
  const out = [];
  for (const paragraph of source.split(/\n{2,}/)) {
    const lines = paragraph.split("\n");
    const heading = lines[0].match(/^(#{1,6}) (.*)/);
    if (heading) {
      out.push(h("h4", {}, inline(heading[2])));
      lines.shift();
    }
    if (!lines.length) continue;
    const listed = lines.every((line) => /^([-*]|\d+\.) /.test(line));
    if (listed) {
      const items = lines.map((line) => h("li", {}, inline(line.replace(/^([-*]|\d+\.) /, ""))));
      out.push(h(/^\d/.test(lines[0]) ? "ol" : "ul", {}, items));
    } else {
      out.push(h("p", {}, lines.flatMap((line, index) => (index ? [h("br"), ...inline(line)] : inline(line)))));
    }
  }
  return out;
}
