// Formulas: KaTeX is loaded only by a page that holds one.
export async function renderMaths(root) {
  const formulas = [...(root.querySelectorAll?.(".math") ?? [])].filter((node) => !node.dataset.tex);
  if (formulas.length === 0) return;
  const { default: katex } = await import("katex");
  for (const node of formulas) {
    if (node.dataset.tex) continue;
    const tex = node.textContent.trim();
    const displayMode = node.classList.contains("block");
    node.dataset.tex = tex;
    // `render` builds nodes and sets styles by script, which the content policy allows; markup with styles it would not.
    katex.render(tex, node, { displayMode, throwOnError: false, trust: false });
  }
  letWideFormulasScroll(root);
}

/** A formula wider than the page scrolls in its own box, which the keyboard must then be able to reach. */
function letWideFormulasScroll(root) {
  for (const node of root.querySelectorAll(".math.block")) {
    const wide = node.scrollWidth > node.clientWidth + 1;
    if (wide) {
      node.tabIndex = 0;
      node.setAttribute("role", "region");
      node.setAttribute("aria-label", "Formula, scrolls sideways");
    }
  }
}
