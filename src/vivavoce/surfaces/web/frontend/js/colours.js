// Loaded only by pages that show Python; shares the parser with the editor.
import { pythonLanguage } from "@codemirror/lang-python";
import { classHighlighter, highlightCode } from "@lezer/highlight";

export function colour(node) {
  const text = node.textContent;
  const pieces = document.createDocumentFragment();
  const put = (piece, classes) => {
    if (!classes) return pieces.append(piece);
    const span = document.createElement("span");
    span.className = classes;
    span.textContent = piece;
    return pieces.append(span);
  };
  highlightCode(text, pythonLanguage.parser.parse(text), classHighlighter, put, () => pieces.append("\n"));
  node.replaceChildren(pieces);
}
