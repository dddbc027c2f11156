// Colours for Python that is only read: solutions, earlier attempts, examples in a text.
const WHERE = "pre.python code, code.language-python";

export async function colourPython(root) {
  const blocks = [...(root.querySelectorAll?.(WHERE) ?? [])].filter((node) => node.dataset.coloured === undefined);
  if (blocks.length === 0) return;
  for (const node of blocks) node.dataset.coloured = "";
  const { colour } = await import("./colours.js");
  for (const node of blocks) colour(node);
}
