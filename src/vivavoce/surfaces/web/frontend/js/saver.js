// Saves a text at every pause, one request at a time, and keeps trying until the program has it.
import { forget, keep } from "./local.js";

const PAUSE_MS = 600;
const RETRY_MS = [2000, 4000, 8000, 15000, 30000];

export class Saver {
  /** `show(state, detail)` is told: "saving", "saved", "failed", "clean". `fields` are sent along with the text. */
  constructor({ url, slot, writer, fields = {}, show }) {
    Object.assign(this, { url, slot, writer, fields, show });
    this.replaces = "";
    this.text = "";
    this.savedText = "";
    this.failures = 0;
    this.running = null;
    this.stopped = false;
    this.again = () => this.flush();
    addEventListener("online", this.again);
    addEventListener("focus", this.again);
    addEventListener("pagehide", () => this.leave());
  }

  get dirty() {
    return !this.stopped && this.text !== this.savedText;
  }

  /** What is on the page already is saved already. */
  settle(text) {
    this.text = this.savedText = text;
  }

  changed(text) {
    this.text = text;
    this.keptHere = keep(this.slot, this.writer, text);
    this.later(PAUSE_MS);
  }

  later(ms) {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.flush(), ms);
  }

  /** Save now what is not saved. Resolves when nothing is under way. */
  async flush() {
    clearTimeout(this.timer);
    while (this.running) await this.running;
    if (!this.dirty) return;
    this.running = this.save(this.text).finally(() => (this.running = null));
    await this.running;
    if (this.dirty && this.failures === 0) this.later(PAUSE_MS);
  }

  async save(text) {
    this.show("saving");
    try {
      const response = await fetch(this.url, { method: "POST", body: this.body(text) });
      const answer = await response.json().catch(() => ({}));
      if (!response.ok) throw new Error(answer.message ?? `the program answered ${response.status}`);
      this.savedText = text;
      this.replaces = "";
      this.failures = 0;
      if (this.text === text) forget(this.slot, this.writer);
      this.show(text.trim() ? "saved" : "clean");
    } catch (error) {
      const wait = RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)];
      this.failures += 1;
      this.show("failed", { reason: error instanceof TypeError ? "the program does not answer" : error.message, kept: this.keptHere });
      this.later(wait);
    }
  }

  body(text) {
    return new URLSearchParams({
      text,
      writer: this.writer,
      ...this.fields,
      replaces: this.replaces,
      reply: "json",
    });
  }

  /** The page goes away: hand over what is left. The local copy stays until a later visit finds it saved. */
  leave() {
    if (this.dirty) navigator.sendBeacon(this.url, this.body(this.text));
  }

  /** The text is on its way to a grade: nothing may be saved as a draft after it. */
  async stop() {
    this.stopped = true;
    clearTimeout(this.timer);
    while (this.running) await this.running;
  }

  resume() {
    this.stopped = false;
    this.later(PAUSE_MS);
  }

  done() {
    forget(this.slot, this.writer);
  }
}
