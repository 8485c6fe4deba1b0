// Charts: grouped columns as Slack draws them, with their figures; a pie as rows.

import { h } from "./dom.js";

const COLOURS = 4;

function figure(value) {
  return value.toLocaleString("en-CA", { maximumFractionDigits: 2 });
}

function bar(value, most, series, along) {
  const drawn = h("span", { class: `bar series-${series % COLOURS}` });
  drawn.style[along] = `${(100 * Math.abs(value)) / most}%`;
  return drawn;
}

function largest(values) {
  return Math.max(...values.map(Math.abs), 1);
}

function rows(segments) {
  const most = largest(segments.map((each) => each.value));
  return segments.map((each, index) =>
    h("div", { class: "bar-row" },
      h("span", { class: "bar-label" }, each.label),
      h("span", { class: "bar-track" }, bar(each.value, most, index, "width")),
      h("span", { class: "bar-value" }, figure(each.value))));
}

function columns(drawn) {
  const { categories, x_label: below, y_label: beside } = drawn.axis_config;
  const most = largest(drawn.series.flatMap((series) => series.data.map((point) => point.value)));
  const column = (series, index, category) => {
    const { value } = series.data.find((point) => point.label === category);
    return h("span", { class: "column", title: `${category} · ${series.name}: ${figure(value)}` },
      h("span", { class: "column-value" }, figure(value)), bar(value, most, index, "height"));
  };
  const group = (category) =>
    h("div", { class: "column-group" },
      h("div", { class: "column-bars" }, drawn.series.map((series, index) => column(series, index, category))),
      h("span", { class: "column-label" }, category));
  const key = (series, index) => h("span", { class: "key" }, h("i", { class: `series-${index % COLOURS}` }), series.name);
  return [
    h("div", { class: "keys" }, beside ? h("span", { class: "axis" }, beside) : null, drawn.series.map(key)),
    h("div", { class: "columns" }, categories.map(group)),
    below ? h("div", { class: "axis below" }, below) : null,
  ].filter(Boolean);
}

export function chart(block) {
  const drawn = block.chart;
  const body = drawn.type === "pie" ? rows(drawn.segments) : columns(drawn);
  return h("figure", { class: "chart", "data-testid": "chart" }, h("figcaption", {}, block.title), body);
}
