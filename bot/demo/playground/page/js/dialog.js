// "Are you sure?", as a control's `confirm` words it.

import { h } from "./dom.js";
import { text } from "./text.js";

export function confirmed(question) {
  if (!question) return Promise.resolve(true);
  return new Promise((resolve) => {
    const label = (object, otherwise) => (object ? text(object) : otherwise);
    const style = question.style === "danger" ? "danger" : "primary";
    const deny = h("button", { class: "button", type: "button", onclick: () => done(false) }, label(question.deny, "Cancel"));
    const agree = h(
      "button",
      { class: `button ${style}`, type: "button", "data-testid": "confirm-yes", onclick: () => done(true) },
      label(question.confirm, "Yes"),
    );
    const dialog = h(
      "dialog",
      { class: "confirm", "data-testid": "confirm", oncancel: () => done(false) },
      h("h2", {}, label(question.title, "Are you sure?")),
      h("div", { class: "confirm-text" }, text(question.text)),
      h("div", { class: "dialog-actions" }, deny, agree),
    );
    function done(answer) {
      dialog.remove();
      resolve(answer);
    }
    document.body.append(dialog);
    dialog.showModal();
    agree.focus();
  });
}
