// A file input: upload, or choose from the shelf of samples.

import { upload } from "./backend.js";
import { h, icon } from "./dom.js";
import { act, screen } from "./screen.js";
import { toast } from "./toast.js";

export function fileInput(block, control, surface, label) {
  const most = control.max_files || 10;
  const allowed = (control.filetypes || []).map((each) => each.replace(/^\./, "").toLowerCase());
  const fits = (name) => !allowed.length || allowed.includes(name.split(".").pop().toLowerCase());
  let files = surface.held(block, control).files || [];

  const chooser = h("input", {
    type: "file", multiple: most > 1, class: "visually-hidden", "aria-label": label,
    accept: allowed.map((each) => `.${each}`).join(",") || null, "data-action-id": control.action_id,
    "data-block-id": block.block_id, "data-control": "file_input", onchange: () => add([...chooser.files]),
  });
  const chosen = h("ul", { class: "file-list" });
  const samples = screen.state.samples.filter(fits);
  const zone = h(
    "label",
    { class: "file-zone", ondragover: (event) => event.preventDefault(), ondrop: dropped },
    chooser,
    h("span", { class: "button" }, icon("clip"), "Upload files"),
    h("span", { class: "quiet" }, "or drop them here"),
  );
  const box = h("div", { class: "file-input" }, zone, samples.length ? shelf() : null, chosen);
  draw();
  return box;

  function dropped(event) {
    event.preventDefault();
    add([...event.dataTransfer.files]);
  }

  function shelf() {
    return h(
      "fieldset",
      { class: "shelf", "data-testid": "samples" },
      h("legend", {}, "Choose a sample file"),
      samples.map((name) => {
        const tick = h("input", { type: "checkbox", "data-sample": name, onchange: () => toggle(name, tick.checked) });
        tick.checked = files.some((each) => each.name === name);
        const get = h("a", { class: "download", href: `/ui/samples/${encodeURIComponent(name)}`, download: name, "aria-label": `Download ${name}` }, icon("download"));
        return h("div", { class: "shelf-row" }, h("label", { class: "tick" }, tick, h("span", {}, name)), get);
      }),
    );
  }

  async function add(given) {
    chooser.value = "";
    const wrong = given.filter((each) => !fits(each.name));
    if (wrong.length) toast(`${wrong[0].name} isn't one of the file types asked for here (${allowed.join(", ")}).`);
    for (const file of given.filter((each) => fits(each.name))) {
      const answer = await upload(screen.person, file);
      if (answer.file) files = [...files, answer.file];
      else toast(answer.notice || "The upload didn't work.");
    }
    save();
  }

  async function toggle(name, on) {
    if (!on) files = files.filter((each) => each.name !== name);
    else {
      const answer = await act("sample", { name });
      if (answer.file) files = [...files, answer.file];
    }
    save();
  }

  function save() {
    if (files.length > most) toast(`No more than ${most} file${most === 1 ? "" : "s"} here.`);
    files = files.slice(0, most);
    draw();
    surface.answer(block, control, { files });
  }

  function draw() {
    const uploaded = files.filter((file) => !samples.includes(file.name)); // a sample shows its tick
    chosen.replaceChildren(...uploaded.map((file) => fileRow(file, () => {
      files = files.filter((each) => each !== file);
      save();
    })));
    for (const tick of box.querySelectorAll("[data-sample]")) {
      tick.checked = files.some((each) => each.name === tick.dataset.sample);
    }
  }
}

export function fileRow(file, remove) {
  const kilobytes = Math.max(1, Math.round(file.size / 1024));
  const about = `${file.pretty_type} · ${kilobytes} KB`;
  const words = h("span", { class: "file-words" }, h("strong", {}, file.name), h("span", { class: "quiet" }, about));
  const end = remove
    ? h("button", { type: "button", class: "plain-icon", "aria-label": `Remove ${file.name}`, onclick: remove }, icon("close"))
    : h("a", { class: "plain-icon", href: `/ui/files/${file.id}`, download: file.name, "aria-label": `Download ${file.name}` }, icon("download"));
  return h("li", { class: "file-card", "data-testid": "file" }, h("span", { class: "file-icon" }, icon("file")), words, end);
}
