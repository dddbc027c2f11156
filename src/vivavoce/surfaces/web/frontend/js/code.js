// The workbench of an exercise: restores and keeps the code, runs it, shows the results as they come.
import htmx from "htmx.org";
import { announce } from "./announce.js";
import { forget, kept } from "./local.js";
import { renderMaths } from "./maths.js";
import { Saver } from "./saver.js";
import { reachScrolling } from "./scroll.js";
import { readLines } from "./stream.js";
import { Timer } from "./timer.js";
import { tabId } from "./writer.js";

const TIMER = { key: "vivavoce-code-timer-hidden", shown: false };

export function watchCode(root) {
  const form = root.querySelector?.("form[data-code]");
  if (!form || form.dataset.watched !== undefined) return;
  form.dataset.watched = "";
  new Workbench(form);
}

class Workbench {
  constructor(form) {
    this.form = form;
    this.area = form.elements.code;
    this.slot = form.dataset.slot;
    this.starter = form.querySelector("[data-starter]")?.value ?? "";
    this.results = document.getElementById("results");
    this.timer = new Timer(form, this.slot, TIMER);
    this.area.addEventListener("input", () => this.typed(this.area.value));
    form.addEventListener("submit", (event) => this.submit(event));
    // Before the editor, whose own Ctrl+Enter adds a line.
    form.addEventListener("keydown", (event) => this.key(event), { capture: true });
    document.addEventListener("click", (event) => this.click(event));
    form.querySelector("[data-reset]")?.addEventListener("click", (event) => this.reset(event));
    form.querySelector("[data-search]")?.addEventListener("click", () => this.editor?.search());
    this.ready = this.open().catch((error) => console.warn("the plain box stays:", error));
  }

  get text() {
    return this.editor ? this.editor.text : this.area.value;
  }

  async open() {
    const [{ makeEditor }, writer] = await Promise.all([import("./editor.js"), tabId()]);
    const found = await this.drafts(writer);
    const given = this.area.defaultValue;
    const local = kept(this.slot);
    const mine = newest([found.mine, ...local.filter((copy) => copy.writer === writer)]);
    const others = [...found.others, ...local.filter((copy) => copy.writer !== writer)].sort((a, b) => b.at - a.at);
    const typed = this.area.value !== given;
    // A page that was asked to show certain code shows that; otherwise this tab's code, or else the newest of any tab.
    const asked = this.form.dataset.given === "asked";
    if (asked) history.replaceState(null, "", `?framework=${this.form.elements.framework.value}${location.hash}`); // a reload keeps what is typed
    const start = typed || asked ? null : (mine ?? others[0] ?? null);
    const text = start?.text ?? this.area.value;
    this.form.elements.writer.value = writer;
    this.saver = new Saver({
      url: this.form.dataset.draftUrl,
      slot: this.slot,
      writer,
      fields: { framework: this.form.elements.framework.value },
      show: (state, detail) => this.show(state, detail),
    });
    if (start && start !== mine) {
      this.saver.replaces = start.writer;
      this.saver.fields.replaces_at = String(start.at);
    }
    const saved = start === mine ? (found.mine?.text ?? "") : (found.others.find((other) => other.writer === start?.writer)?.text ?? "");
    this.saver.settle(typed || asked ? "" : (start ? saved : text));
    this.edit(makeEditor, text);
    if (typed || asked || (start && start.text !== saved)) this.saver.changed(text);
    if (start && !this.saver.dirty) this.show("saved", { at: start.at });
    if (mine) this.offer(others.filter((other) => other.at > mine.at && other.text !== text && other.text !== this.starter));
  }

  edit(makeEditor, text) {
    const host = document.createElement("div");
    host.className = "code-editor";
    host.dataset.editor = "";
    this.area.after(host);
    const focused = document.activeElement === this.area;
    this.area.hidden = true;
    this.area.value = text;
    const hint = this.form.querySelector("[data-leave]");
    this.editor = makeEditor(host, {
      text,
      label: "Your code, Python. Escape, then Tab, leaves the editor.",
      changed: (now) => {
        this.area.value = now;
        hint.textContent = hint.dataset.usual;
        this.typed(now);
      },
      leaving: () => (hint.textContent = hint.dataset.leaving),
    });
    hint.hidden = false;
    this.form.querySelector("label[for=code]")?.addEventListener("click", () => this.editor.focus());
    for (const node of this.form.querySelectorAll("[data-with-editor]")) node.hidden = false;
    if (focused) this.editor.focus();
    const line = Number(this.results?.querySelector("[data-mark]")?.dataset.mark);
    if (line) this.editor.mark(line);
  }

  async drafts(writer) {
    const none = { mine: null, others: [] };
    try {
      const response = await fetch(`${this.form.dataset.draftsUrl}&writer=${encodeURIComponent(writer)}`);
      return response.ok ? { ...none, ...(await response.json()) } : none;
    } catch {
      return none;
    }
  }

  /** Newer code of another tab: taking it is one change, which one undo takes back. */
  offer(others) {
    const list = this.form.querySelector("[data-others]");
    for (const other of others.slice(0, 1)) {
      const note = document.createElement("p");
      note.className = "note other-draft";
      const use = button("Use it here", () => {
        this.editor.replace(other.text);
        forget(this.slot, other.writer);
        note.remove();
        this.editor.focus();
      });
      const leave = button("Keep mine", () => {
        note.remove();
        this.editor.focus();
      });
      leave.classList.add("quiet");
      note.append(`Another tab has newer code, from ${clock(other.at)}. `, use, " ", leave);
      list.replaceChildren(note);
    }
  }

  typed(text) {
    this.saver?.changed(text);
  }

  show(state, detail = {}) {
    const status = this.form.querySelector("[data-status]");
    const warning = this.form.querySelector("[data-warning]");
    if (state === "saving") return;
    if (state === "failed") {
      const where = detail.kept === false ? "Copy it somewhere safe." : "It is kept in this browser and will be saved as soon as that works again.";
      warning.textContent = `Your code is not saved yet: ${detail.reason}. ${where}`;
      warning.hidden = false;
      status.textContent = "Not saved";
      return;
    }
    warning.hidden = true;
    const text = state === "saved" ? `Saved ${clock(detail.at ?? Date.now())}` : "";
    if (status.textContent !== text) status.textContent = text;
  }

  key(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    this.judge(this.form.querySelector(event.shiftKey ? "[data-submit]" : "[data-run]"));
  }

  click(event) {
    const jump = event.target.closest?.("[data-line]");
    if (jump && this.editor) {
      event.preventDefault();
      this.editor.goTo(Number(jump.dataset.line));
    }
    if (event.target.closest?.("[data-stop]")) this.stopping?.abort();
    const load = event.target.closest?.("[data-load]");
    if (load && this.editor && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.load(load);
    }
  }

  async load(link) {
    const response = await fetch(link.dataset.load, { headers: { accept: "application/json" } }).catch(() => null);
    if (!response?.ok) return this.refuse("That code could not be fetched. Is the program still running?");
    const { code, framework } = await response.json();
    if (framework !== this.form.elements.framework.value) return location.assign(link.href);
    this.replaced(code, "The earlier code is in the editor.");
    return undefined;
  }

  reset(event) {
    if (!this.editor) return;
    event.preventDefault();
    this.replaced(this.starter, "Back to the starter code.");
  }

  /** Other code in the editor, with the way back beside it. */
  replaced(text, words) {
    const note = this.form.querySelector("[data-undo]");
    if (text === this.editor.text) return this.editor.focus();
    this.editor.replace(text);
    const back = button("Undo", () => {
      this.editor.undo();
      note.hidden = true;
      this.editor.focus();
    });
    note.replaceChildren(`${words} `, back);
    note.hidden = false;
    announce(words);
    this.editor.focus();
    document.getElementById("code-box")?.scrollIntoView({ block: "nearest" });
    return undefined;
  }

  submit(event) {
    if (event.defaultPrevented || !event.submitter?.matches("[data-run], [data-submit]")) return;
    event.preventDefault();
    this.judge(event.submitter);
  }

  async judge(pressed) {
    if (this.running || !pressed || pressed.disabled) return;
    this.running = true;
    this.busy(pressed, true);
    await this.ready;
    this.editor?.mark(null);
    const counted = { done: 0, failed: 0, of: 0 };
    const submits = pressed.matches("[data-submit]");
    this.stopping = new AbortController();
    const clock = this.clock();
    try {
      await readLines(pressed.formAction, this.fields(pressed), (event) => this.took(event, counted), this.stopping.signal);
      this.pending = null;
      if (submits) htmx.trigger(document.body, "judged");
    } catch (error) {
      for (const left of this.results.querySelectorAll("[data-progress], .waiting")) left.remove();
      this.results.querySelector("[data-head] h2")?.replaceChildren("Stopped");
      this.refuse(whyNot(error, submits));
    }
    clearInterval(clock);
    this.running = false;
    this.busy(pressed, false);
  }

  /** Shows that something still goes on, and offers not to wait for it. */
  clock() {
    const began = Date.now();
    return setInterval(() => {
      const seconds = Math.round((Date.now() - began) / 1000);
      const face = this.results.querySelector("[data-seconds]");
      if (!face || seconds < 3) return;
      face.textContent = `${seconds} s`;
      this.results.querySelector("[data-stop]").hidden = false;
    }, 1000);
  }

  fields(pressed) {
    const data = new FormData(this.form);
    data.set("code", this.text);
    data.set("seconds", this.timer.seconds.toFixed(1));
    if (pressed.matches("[data-submit]")) {
      // Repeated after a broken connection it is still the same submission.
      if (this.pending?.code !== this.text) this.pending = { code: this.text, id: crypto.randomUUID().replaceAll("-", "") };
      data.set("submission_id", this.pending.id);
    }
    return new URLSearchParams(data);
  }

  took(event, counted) {
    if (event.kind === "plan") {
      counted.of = event.of;
      this.results.innerHTML = event.html;
      this.results.scrollIntoView({ block: "nearest" });
    } else if (event.kind === "test") {
      document.getElementById(event.id)?.replaceWith(fragment(event.html));
      reachScrolling(this.results);
      counted.done += 1;
      counted.failed += event.passed ? 0 : 1;
      this.progress(counted);
    } else if (event.kind === "report") {
      this.finished(event);
    } else if (event.kind === "problem") {
      throw new Error(event.message);
    }
  }

  progress({ done, failed, of }) {
    const box = this.results.querySelector("[data-progress]");
    if (!box) return;
    box.querySelector("progress").value = done;
    const more = done === of && failed ? "; comparing with known mistakes" : "";
    box.querySelector("[data-count]").textContent = `${done} of ${of}${failed ? `, ${failed} not passed` : ""}${more}`;
  }

  finished(event) {
    const head = this.results.querySelector("[data-head]");
    head.replaceWith(fragment(event.html));
    if (!event.tests) this.results.querySelector(".tests")?.remove();
    renderMaths(this.results);
    reachScrolling(this.results);
    this.editor?.mark(event.line);
    announce(event.said);
    if (event.passed && event.submitted) this.timer.clear();
  }

  busy(pressed, on) {
    for (const one of this.form.querySelectorAll("[data-run], [data-submit]")) one.setAttribute("aria-disabled", String(on));
    pressed.dataset.label ??= pressed.querySelector("[data-words]").textContent;
    pressed.querySelector("[data-words]").textContent = on ? "Running…" : pressed.dataset.label;
    this.results.setAttribute("aria-busy", String(on));
    if (on) this.form.querySelector("[data-refused]").hidden = true;
  }

  refuse(message) {
    const box = this.form.querySelector("[data-refused]");
    box.textContent = message;
    box.hidden = false;
  }
}

function whyNot(error, submits) {
  if (error.name === "AbortError") return submits ? "Not waited for. It is still judged, and will be among your attempts." : "Not waited for. Your code is kept.";
  if (error instanceof TypeError) return "The program does not answer. Your code is kept; start the program again, then repeat this.";
  return error.message;
}

/** The HTML of one element, made by the program and escaped there. */
function fragment(html) {
  const made = document.createElement("template");
  made.innerHTML = html.trim();
  return made.content;
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "small";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}


function newest(copies) {
  return copies.filter(Boolean).reduce((best, copy) => (best && best.at >= copy.at ? best : copy), null);
}

function clock(at) {
  return new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}
