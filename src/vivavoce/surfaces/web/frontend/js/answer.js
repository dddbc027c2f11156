// The answer box: restores what was typed, saves it at every pause, counts words, submits once.
import { announce } from "./announce.js";
import { forget, kept } from "./local.js";
import { Saver } from "./saver.js";
import { Timer } from "./timer.js";
import { tabId } from "./writer.js";

export function watchAnswers(root) {
  const forms = root.matches?.("form[data-answer]") ? [root] : (root.querySelectorAll?.("form[data-answer]") ?? []);
  for (const form of forms) {
    if (form.dataset.watched !== undefined) continue;
    form.dataset.watched = "";
    new AnswerBox(form);
  }
}

class AnswerBox {
  constructor(form) {
    this.form = form;
    this.area = form.elements.text;
    this.slot = form.dataset.slot;
    this.timer = new Timer(form, this.slot);
    this.area.addEventListener("input", () => this.typed());
    this.area.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit(form.querySelector("button[data-submit]"));
    });
    form.addEventListener("submit", (event) => this.submit(event));
    // Back from the result: a new page, so that the next submit is a new attempt.
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    this.count();
    this.ready = this.open();
  }

  async open() {
    const writer = await tabId();
    const given = this.area.defaultValue;
    const givenBy = given ? this.form.elements.writer.value : "";
    const found = await this.drafts(writer);
    const local = kept(this.slot);
    const mine = newest([found.mine, ...local.filter((copy) => copy.writer === writer)]);
    // Continuing another tab's text where this tab has one of its own: both stay, each under its own name.
    const as = given && mine && mine.text !== given && givenBy ? givenBy : writer;
    this.form.elements.writer.value = as;
    this.saver = new Saver({
      url: this.form.dataset.draftUrl,
      slot: this.slot,
      writer: as,
      // At a question that draws numbers a text belongs to those of its page.
      fields: { follow_up: this.form.dataset.followUp ?? "", numbers: this.form.elements.numbers?.value ?? "" },
      show: (state, detail) => this.show(state, detail),
    });
    if (givenBy && as !== givenBy) this.saver.replaces = givenBy;
    this.form.elements.replaces.value = this.saver.replaces;

    const own = as === writer && mine && (!given || givenBy === writer);
    this.saver.settle(own ? (found.mine?.text ?? "") : as === givenBy ? given : "");
    if (own) this.area.value = this.area.value === given ? mine.text : joined(mine.text, this.area.value);
    if (this.area.value !== this.saver.savedText) this.typed();
    else if (own) this.show("saved", { at: mine.at });
    this.count();
    const others = [...found.others, ...local.filter((copy) => copy.writer !== writer)];
    if (mine && !own) others.unshift({ ...mine, writer });
    this.offer(others.filter((other) => other.text.trim() !== this.area.value.trim()));
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

  /** Texts of other tabs, one button each; taking one never throws away what is in the box. */
  offer(others) {
    const list = this.form.querySelector("[data-others]");
    list?.replaceChildren();
    const seen = new Set();
    for (const other of others) {
      if (!list || seen.has(other.text)) continue;
      seen.add(other.text);
      const note = document.createElement("p");
      note.className = "note other-draft";
      const use = button("Continue it here", () => {
        this.area.value = joined(this.area.value, other.text);
        this.saver.replaces = this.form.elements.replaces.value = other.writer;
        this.typed();
        forget(this.slot, other.writer);
        note.remove();
        this.area.focus();
      });
      const drop = button("Discard", async () => {
        if (!window.confirm("Throw that text away for good?")) return;
        const body = new URLSearchParams({ writer: other.writer, reply: "json" });
        const response = await fetch(`${this.form.dataset.draftUrl}/discard`, { method: "POST", body }).catch(() => null);
        if (!response?.ok) return;
        forget(this.slot, other.writer);
        note.remove();
        this.area.focus();
      });
      drop.classList.add("quiet");
      const words = document.createElement("q");
      words.textContent = other.text.trim().slice(0, 90) + (other.text.trim().length > 90 ? "…" : "");
      note.append(`Unfinished answer from another tab, ${clock(other.at)}: `, words, " ", use, " ", drop);
      list.append(note);
    }
  }

  typed() {
    this.count();
    this.saver?.changed(this.area.value);
  }

  count() {
    const words = this.area.value.trim() ? this.area.value.trim().split(/\s+/).length : 0;
    const face = this.form.querySelector("[data-words]");
    if (face) face.textContent = words === 1 ? "1 word" : `${words.toLocaleString("en")} words`;
    const give_up = this.form.querySelector("[data-give-up]");
    if (give_up) give_up.hidden = words > 0;
  }

  show(state, detail = {}) {
    const status = this.form.querySelector("[data-status]");
    const warning = this.form.querySelector("[data-warning]");
    if (state === "saving") return;
    if (state === "failed") {
      const where = detail.kept === false ? "Copy it somewhere safe." : "It is kept in this browser and will be saved as soon as that works again.";
      warning.textContent = `Your text is not saved yet: ${detail.reason}. ${where}`;
      warning.hidden = false;
      status.textContent = "Not saved";
      return;
    }
    warning.hidden = true;
    const text = state === "saved" ? `Saved ${clock(detail.at ?? Date.now())}` : "";
    // Only a change is written: screen readers read every one.
    if (status.textContent !== text) status.textContent = text;
  }

  async submit(event) {
    if (event.defaultPrevented || event.submitter?.dataset.plain !== undefined) return;
    event.preventDefault();
    if (this.sending) return;
    this.sending = true;
    const gaveUp = event.submitter?.name === "dont_know";
    const fields = () => {
      const data = new FormData(this.form);
      if (gaveUp) data.set("dont_know", "1");
      data.set("seconds", this.timer.seconds.toFixed(1));
      data.set("reply", "json");
      return new URLSearchParams(data);
    };
    this.busy(true);
    await this.ready;
    await this.saver.stop();
    try {
      const response = await fetch(this.form.action, { method: "POST", body: fields() });
      const answer = await response.json().catch(() => ({}));
      if (!response.ok || !answer.location) throw new Error(answer.message ?? `The program answered ${response.status}.`);
      this.saver.done();
      this.timer.clear();
      go(answer.location);
    } catch (error) {
      this.sending = false;
      this.busy(false);
      this.saver.resume();
      this.refuse(error instanceof TypeError ? "The program does not answer. Your text is still here; start the program again, then submit." : error.message);
    }
  }

  busy(on) {
    for (const button of this.form.querySelectorAll("button[type=submit]")) button.disabled = on;
    const main = this.form.querySelector("button[data-submit]");
    main.dataset.label ??= main.textContent;
    main.textContent = on ? "Reading your answer…" : main.dataset.label;
    this.area.readOnly = on;
    if (on) {
      this.form.querySelector("[data-refused]").hidden = true;
      announce("Reading your answer");
    }
  }

  refuse(message) {
    const box = this.form.querySelector("[data-refused]");
    box.textContent = message;
    box.hidden = false;
    this.area.focus();
  }
}

/** Open an address; one on this very page (a follow-up's result) needs a reload to show what is new. */
function go(address) {
  const target = new URL(address, location.href);
  const here = target.pathname === location.pathname && target.search === location.search;
  if (here) history.replaceState(null, "", target);
  if (here) location.reload();
  else location.assign(target);
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "small";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

/** Two texts as one, of which nothing is lost; one that only continues the other is that one. */
function joined(first, second) {
  if (!first.trim() || second.startsWith(first)) return second;
  if (!second.trim() || first.startsWith(second)) return first;
  return `${first.trimEnd()}\n\n${second}`;
}

function newest(copies) {
  return copies.filter(Boolean).reduce((best, copy) => (best && best.at >= copy.at ? best : copy), null);
}

function clock(at) {
  return new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}
