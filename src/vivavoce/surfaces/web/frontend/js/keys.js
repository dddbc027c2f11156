// One-letter keys, never while typing; they can be switched off on the help page (WCAG 2.1.4).
const OFF = "vivavoce-keys-off";

export function keysOff() {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false;
  }
}

export function listenForKeys() {
  let went = -Infinity; // when g was pressed last
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || keysOff()) return;
    if (event.target.closest?.("[data-editor]")) return; // Escape is the editor's own.
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const afterG = event.timeStamp - went < 1200;
    went = event.key === "g" ? event.timeStamp : -Infinity;
    const wanted = afterG ? `g ${event.key}` : event.key;
    const target = document.querySelector(`[data-key="${CSS.escape(wanted)}"]`);
    if (!target) return;
    event.preventDefault();
    if (target.matches("input, textarea")) target.select();
    if (target.matches("input, textarea, summary")) target.focus();
    else target.click();
  });

  const choice = document.querySelector("[data-keys-choice]");
  if (!choice) return;
  choice.closest("[hidden]")?.removeAttribute("hidden");
  choice.checked = !keysOff();
  choice.addEventListener("change", () => localStorage.setItem(OFF, choice.checked ? "0" : "1"));
}
