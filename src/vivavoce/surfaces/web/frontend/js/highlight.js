// Pointing at a quote lights its criterion, and pointing at a criterion lights its quotes.
export function lightQuotes(root) {
  const result = root.matches?.("[data-highlights]") ? root : root.querySelector?.("[data-highlights]");
  if (!result || result.dataset.lit !== undefined) return;
  result.dataset.lit = "";
  const carriers = [...result.querySelectorAll("[data-marks]")];
  const marksOf = (node) => node.dataset.marks.split(" ").filter(Boolean);

  function light(marks) {
    result.toggleAttribute("data-lighting", marks.length > 0);
    for (const node of carriers) node.classList.toggle("lit", marksOf(node).some((mark) => marks.includes(mark)));
  }

  const closest = (event) => event.target.closest?.("[data-marks]");
  result.addEventListener("pointerover", (event) => light(closest(event) ? marksOf(closest(event)) : []));
  result.addEventListener("pointerleave", () => light([]));
  result.addEventListener("focusin", (event) => light(closest(event) ? marksOf(closest(event)) : []));
  result.addEventListener("focusout", () => light([]));
}
