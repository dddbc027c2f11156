// Boxes that scroll because their content is wide or long must be within reach of the keyboard.
export function reachScrolling(root) {
  for (const box of root.querySelectorAll?.("pre, .scroll") ?? []) {
    if (box.tabIndex >= 0 || (box.scrollWidth <= box.clientWidth + 1 && box.scrollHeight <= box.clientHeight + 1)) continue;
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", box.dataset.label ?? "Scrolls");
  }
}

/** What is closed has no size yet. */
export function reachScrollingOnceOpen() {
  document.addEventListener("toggle", (event) => event.target.open && reachScrolling(event.target), { capture: true });
}
