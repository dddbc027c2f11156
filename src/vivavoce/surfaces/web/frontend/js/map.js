// On the map of concepts: what a concept needs and what needs it, while it is pointed at or has the focus.
export function watchMap(root) {
  for (const map of root.querySelectorAll?.("[data-map]") ?? []) {
    const nodes = new Map([...map.querySelectorAll("[data-concept]")].map((node) => [node.dataset.concept, node]));
    const links = [...map.querySelectorAll(".link")];

    const look = (node) => {
      const name = node?.dataset.concept;
      map.classList.toggle("looking", Boolean(name));
      for (const other of nodes.values()) other.classList.toggle("near", other === node);
      for (const link of links) {
        const near = name !== undefined && (link.dataset.from === name || link.dataset.to === name);
        link.classList.toggle("near", near);
        if (near) for (const end of [link.dataset.from, link.dataset.to]) nodes.get(end)?.classList.add("near");
      }
    };

    const meant = (event) => event.target.closest?.("[data-concept]");
    map.addEventListener("mouseover", (event) => look(meant(event)));
    map.addEventListener("mouseleave", () => look(map.contains(document.activeElement) ? document.activeElement : undefined));
    map.addEventListener("focusin", (event) => look(meant(event)));
    map.addEventListener("focusout", () => look(undefined));
  }
}
