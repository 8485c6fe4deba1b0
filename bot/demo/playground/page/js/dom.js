// Making elements: text always goes in as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.setAttribute("class", value);
    else if (name === "value") element.value = value;
    else if (value === true) element.setAttribute(name, "");
    else element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

let counted = 0;

// A fresh id, to tie a label to its field.
export function newId(prefix) {
  counted += 1;
  return `${prefix}-${counted}`;
}

export function icon(name) {
  const paths = {
    close: "M5 5l10 10M15 5L5 15",
    down: "M5 8l5 5 5-5",
    lock: "M6 9V6.5a4 4 0 0 1 8 0V9M5 9h10v8H5z",
    hash: "M8 3L6 17M14 3l-2 14M3.5 7.5h14M2.5 12.5h14",
    eye: "M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5zM10 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
    send: "M3 10l14-7-5 14-3-5.5z",
    clip: "M14.5 9.5l-5 5a3 3 0 0 1-4.3-4.2l6-6a2 2 0 0 1 2.9 2.8l-5.7 5.7a.9.9 0 0 1-1.3-1.2l4.9-5",
    more: "M5 10h.01M10 10h.01M15 10h.01",
    file: "M6 2.5h6l3.5 3.5v11.5H6zM12 2.5V6h3.5",
    back: "M12 4l-6 6 6 6",
    check: "M4 10.5l4 4 8-9",
    help: "M7.5 7.5a2.5 2.5 0 1 1 3.4 2.3c-.7.3-.9.8-.9 1.7M10 14.5h.01",
    ledger: "M4.5 3.5h9a2 2 0 0 1 2 2v11h-9a2 2 0 0 1-2-2zM8.5 7.5h4M8.5 11h4",
    slash: "M12.5 3.5l-5 13",
    download: "M10 3v10M6 9.5l4 4 4-4M4 17h12",
  };
  return svg(
    "svg",
    { viewBox: "0 0 20 20", class: `icon icon-${name}`, "aria-hidden": "true", focusable: "false" },
    svg("path", { d: paths[name] }),
  );
}
