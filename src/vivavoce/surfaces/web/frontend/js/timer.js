// A soft timer: the time for which the page was in view, beside what the question is expected to take. It never hurries anyone.
const HIDDEN = "vivavoce-timer-hidden";
/** Where the choice is kept, and what holds until there is one. */
const USUAL = { key: HIDDEN, shown: true };

export class Timer {
  constructor(form, slot, choice = USUAL) {
    this.key = `vivavoce-time:${slot}`;
    this.box = form.querySelector("[data-timer]");
    this.face = form.querySelector("[data-elapsed]");
    this.meter = form.querySelector("[data-timer] progress");
    this.seconds = Number(read(sessionStorage, this.key) ?? 0) || 0;
    this.last = Date.now();
    const ticking = setInterval(() => (form.isConnected ? this.tick() : clearInterval(ticking)), 1000);
    const toggle = form.querySelector("[data-timer-toggle]");
    if (toggle && this.box) {
      const show = (hidden) => {
        this.box.hidden = hidden;
        toggle.textContent = hidden ? "Show timer" : "Hide timer";
      };
      toggle.hidden = false;
      show((read(localStorage, choice.key) ?? (choice.shown ? "0" : "1")) === "1");
      toggle.addEventListener("click", () => {
        write(localStorage, choice.key, this.box.hidden ? "0" : "1");
        show(!this.box.hidden);
      });
    }
    this.show();
  }

  tick() {
    const now = Date.now();
    // A laptop that slept, or a clock that was set, adds nothing.
    if (!document.hidden && now > this.last && now - this.last < 5000) this.seconds += (now - this.last) / 1000;
    this.last = now;
    write(sessionStorage, this.key, String(Math.round(this.seconds)));
    this.show();
  }

  show() {
    if (!this.face) return;
    const whole = Math.floor(this.seconds);
    this.face.textContent = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
    if (this.meter) this.meter.value = Math.min(this.seconds, this.meter.max);
  }

  clear() {
    this.seconds = 0;
    try {
      sessionStorage.removeItem(this.key);
    } catch {
      // Nothing was kept then.
    }
  }
}

function read(storage, key) {
  try {
    return storage.getItem(key);
  } catch {
    return null;
  }
}

function write(storage, key, value) {
  try {
    storage.setItem(key, value);
  } catch {
    // The timer then starts again after a reload.
  }
}
