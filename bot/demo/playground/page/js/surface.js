// A message, modal or Home in use: what was put in, and what is sent when a control is operated.

import { confirmed } from "./dialog.js";
import { act } from "./screen.js";
import { toast } from "./toast.js";

const TYPING_MS = 300;
const kept = new Map(); // surface name → what was put in on this page, so that updates keep it

export class Surface {
  constructor(where, values) {
    this.where = where;
    this.name = where.view_id || `${where.channel}:${where.ts}`;
    this.values = values;
    this.timers = new Map();
    this.sending = Promise.resolve();
    if (!kept.has(this.name)) kept.set(this.name, {});
  }

  get local() {
    return kept.get(this.name);
  }

  // What a control holds now: as the playground says, overlaid by what is still being typed.
  held(block, control) {
    const stored = (this.values[block.block_id] || {})[control.action_id] || { type: control.type };
    return this.local[this.key(block, control)] || stored;
  }

  key(block, control) {
    return `${block.block_id}/${control.action_id}`;
  }

  // Typing: kept at once, told to the playground a moment later, to the app only where it asked.
  typed(block, control, answer) {
    const key = this.key(block, control);
    this.local[key] = { type: control.type, ...answer };
    clearTimeout((this.timers.get(key) || {}).timer);
    const asks = (control.dispatch_action_config || {}).trigger_actions_on || ["on_enter_pressed"];
    const loud = Boolean(block.dispatch_action) && asks.includes("on_character_entered");
    const send = () => this.send(block, control, answer, !loud);
    this.timers.set(key, { send, timer: setTimeout(() => this.due(key), TYPING_MS) });
  }

  due(key) {
    const waiting = this.timers.get(key);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    this.timers.delete(key);
    waiting.send();
  }

  // A choice, or Enter in a field: the app hears of it where it asked to.
  async answer(block, control, answer) {
    if (!(await confirmed(control.confirm))) return false;
    const key = this.key(block, control);
    clearTimeout((this.timers.get(key) || {}).timer);
    this.timers.delete(key);
    this.local[key] = { type: control.type, ...answer };
    await this.send(block, control, answer, false);
    return true;
  }

  send(block, control, answer, quiet) {
    this.sending = this.sending.then(async () => {
      const names = { block_id: block.block_id, action_id: control.action_id };
      const outcome = await act("answer", { where: this.where, answer, quiet, ...names });
      if (outcome.notice) toast(outcome.notice);
    });
    return this.sending;
  }

  // Everything typed so far is with the playground once this returns.
  async flush() {
    for (const key of [...this.timers.keys()]) this.due(key);
    await this.sending;
  }

  // `sending` is called once the person has agreed.
  async press(block, control, choice = "", sending = () => {}) {
    if (!(await confirmed(control.confirm))) return;
    sending();
    await this.flush();
    const names = { block_id: block.block_id, action_id: control.action_id };
    const outcome = await act("press", { where: this.where, choice, ...names });
    if (outcome.notice) toast(outcome.notice);
  }

  options(block, control, typed) {
    const names = { block_id: block.block_id, action_id: control.action_id };
    return act("options", { where: this.where, value: typed, ...names });
  }

  forget() {
    kept.delete(this.name);
  }
}
