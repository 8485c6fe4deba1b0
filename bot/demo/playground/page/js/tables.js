// Tables, and data tables that sort and page.

import { h, icon } from "./dom.js";
import { button } from "./controls.js";
import { richText } from "./rich.js";

function cell(block, content, surface) {
  if (content.type === "rich_text") return richText(content);
  if (content.type === "action_cell") return button(block, content.element, surface);
  return content.text;
}

function kindOf(content) {
  return content.type === "raw_number" ? "number" : content.type === "action_cell" ? "action" : "";
}

export function table(block, surface) {
  const settings = block.column_settings || [];
  const [header, ...rows] = block.rows;
  const classes = (content, index) => {
    const own = settings[index] || {};
    return [kindOf(content), own.align ? `align-${own.align}` : "", own.is_wrapped ? "wrapped" : ""].join(" ").trim();
  };
  const draw = (tag) => (content, index) => h(tag, { class: classes(content, index) }, cell(block, content, surface));
  return h(
    "div",
    { class: "table-scroll" },
    h(
      "table",
      { class: "table" },
      h("thead", {}, h("tr", {}, header.map(draw("th")))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map(draw("td"))))),
    ),
  );
}

function sortValue(content) {
  if (content.type === "raw_number") return content.value;
  if (content.type === "rich_text") return JSON.stringify(content.elements);
  return (content.text || "").toLowerCase();
}

function sorted(rows, column, direction) {
  if (column === null) return rows;
  const order = (left, right) => (left < right ? -1 : left > right ? 1 : 0);
  return [...rows].sort((left, right) => direction * order(sortValue(left[column]), sortValue(right[column])));
}

export function dataTable(block, surface) {
  const [header, ...rows] = block.rows;
  const size = block.page_size || 5;
  const pages = Math.ceil(rows.length / size);
  const rowHeader = block.row_header_column_index ?? 0;
  let page = 0;
  let column = null;
  let direction = 1;

  const body = h("tbody", {});
  const heads = header.map((content, index) => {
    const numeric = rows.every((row) => row[index].type === "raw_number");
    const sortable = rows.every((row) => row[index].type !== "action_cell");
    const words = sortable
      ? h("button", { type: "button", class: "sort", onclick: () => sortBy(index) }, content.text, icon("down"))
      : content.text;
    return h("th", { scope: "col", class: numeric ? "number" : "" }, words);
  });
  const caption = h("div", { class: "table-caption" }, block.caption);
  const foot = h("div", { class: "table-foot" });
  const grid = h("table", { class: "table data-table", "aria-label": block.caption }, h("thead", {}, h("tr", {}, heads)), body);
  draw();
  return h("div", { class: "data-table-box", "data-testid": "data-table" }, caption, h("div", { class: "table-scroll" }, grid), foot);

  function sortBy(index) {
    direction = column === index ? -direction : 1;
    column = index;
    page = 0;
    draw();
  }

  function draw() {
    const visible = sorted(rows, column, direction).slice(page * size, (page + 1) * size);
    body.replaceChildren(...visible.map((row) =>
      h("tr", {}, row.map((content, index) =>
        h(index === rowHeader ? "th" : "td", { scope: index === rowHeader ? "row" : null, class: kindOf(content) }, cell(block, content, surface)),
      )),
    ));
    heads.forEach((head, index) => {
      const state = index === column ? (direction > 0 ? "ascending" : "descending") : "none";
      head.setAttribute("aria-sort", state);
    });
    foot.replaceChildren(...(pages > 1 ? paging() : []));
  }

  function paging() {
    const turn = (step) => () => { page += step; draw(); };
    const from = page * size + 1;
    const to = Math.min(rows.length, (page + 1) * size);
    return [
      h("span", {}, `${from}–${to} of ${rows.length}`),
      h("button", { type: "button", class: "button small", disabled: page === 0, onclick: turn(-1) }, "Previous"),
      h("button", { type: "button", class: "button small", disabled: page === pages - 1, onclick: turn(1) }, "Next"),
    ];
  }
}
