// The code editor: CodeMirror in a shadow root, where its styles are constructed sheets. The content policy, which allows
// no inline style, thereby stays as strict as on any other page.
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab, undo } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";

const HIDDEN_CHARACTERS = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/gu;
const colour = (name) => `var(--code-${name})`;
const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier, tags.self], color: colour("keyword") },
  { tag: [tags.string, tags.special(tags.string), tags.docString], color: colour("string") },
  { tag: [tags.number, tags.bool, tags.null], color: colour("number") },
  { tag: [tags.lineComment, tags.comment], color: colour("comment"), fontStyle: "italic" },
  { tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className), tags.className], color: colour("name"), fontWeight: "600" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: colour("call") },
  { tag: tags.meta, color: colour("number") },
  { tag: tags.invalid, textDecoration: "underline wavy var(--contradicted)" },
]);

const look = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "transparent", fontSize: "inherit", borderRadius: "inherit" },
  "&.cm-focused": { outline: "3px solid var(--accent)", outlineOffset: "0" },
  ".cm-scroller": { fontFamily: "var(--code)", lineHeight: "1.6", maxHeight: "var(--editor-most, 70vh)", overflow: "auto", borderRadius: "inherit" },
  ".cm-content, .cm-gutter": { minHeight: "var(--editor-least, 16rem)" },
  ".cm-content": { padding: "0.7rem 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 0.8rem 0 0.4rem" },
  ".cm-gutters": { backgroundColor: "var(--sunken)", color: "var(--ink-soft)", border: "0", borderRight: "1px solid var(--line)" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 0.5rem 0 0.7rem", minWidth: "2.2rem" },
  ".cm-activeLine": { backgroundColor: "var(--code-line)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--line)", color: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "var(--code-selection)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--accent-wash)", outline: "1px solid var(--accent)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "var(--contradicted-wash)" },
  ".cm-selectionMatch": { backgroundColor: "var(--partly-wash)" },
  ".cm-searchMatch": { backgroundColor: "var(--partly-wash)", outline: "1px solid var(--partly)" },
  ".cm-searchMatch-selected": { backgroundColor: "var(--accent-wash)", outline: "2px solid var(--accent)" },
  ".cm-specialChar": { color: "var(--contradicted)" },
  ".cm-broken-line": { backgroundColor: "var(--contradicted-wash)" },
  ".cm-panels": { backgroundColor: "var(--surface)", color: "var(--ink)", borderColor: "var(--line)", zIndex: "3" },
  ".cm-panels.cm-panels-top": { borderBottom: "1px solid var(--line)" },
  ".cm-panel.cm-search": { padding: "0.5rem 2rem 0.5rem 0.6rem", fontFamily: "var(--working)" },
  ".cm-panel.cm-search label": { fontSize: "0.9em", whiteSpace: "nowrap" },
  ".cm-panel.cm-search [name=close]": { color: "var(--ink)", fontSize: "1.3rem", minWidth: "1.8rem", minHeight: "1.8rem", cursor: "pointer" },
  ".cm-textfield": { backgroundColor: "var(--paper)", color: "var(--ink)", border: "1px solid var(--line-strong)", borderRadius: "0.35rem", padding: "0.25rem 0.5rem", fontSize: "0.95em" },
  ".cm-button": { backgroundImage: "none", backgroundColor: "var(--surface)", color: "var(--ink)", border: "1px solid var(--line-strong)", borderRadius: "0.35rem", padding: "0.25rem 0.6rem", fontSize: "0.9em" },
});

const mark = StateEffect.define();
const brokenLine = Decoration.line({ class: "cm-broken-line" });
/** The line that a report points at, until the code changes. */
const marked = StateField.define({
  create: () => Decoration.none,
  update(lines, change) {
    for (const effect of change.effects) {
      if (effect.is(mark)) return effect.value === null ? Decoration.none : Decoration.set([brokenLine.range(effect.value)]);
    }
    return change.docChanged ? Decoration.none : lines;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Typing over a selection, without the browser's own editing: Chromium would carry colours over as inline styles. */
function typeOver(event, view) {
  const { main } = view.state.selection;
  if (event.inputType !== "insertText" || event.isComposing || !event.data || main.empty) return false;
  const usual = () => view.state.update(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
  const handlers = view.state.facet(EditorView.inputHandler);
  if (!handlers.some((handle) => handle(view, main.from, main.to, event.data, usual))) view.dispatch(usual());
  return true;
}

/** `changed(text)` is called at every change, `leaving()` when Escape has let Tab out of the editor. */
export function makeEditor(host, { text, label, changed, leaving }) {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const shade = new Compartment();
  const isDark = () => getComputedStyle(host).colorScheme === "dark" || (getComputedStyle(host).colorScheme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        highlightActiveLineGutter(),
        highlightActiveLine(),
        highlightSpecialChars({ addSpecialChars: HIDDEN_CHARACTERS }),
        history(),
        drawSelection(),
        indentUnit.of("    "),
        EditorState.tabSize.of(4),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        highlightSelectionMatches(),
        search({ top: true }),
        python(),
        syntaxHighlighting(colours),
        look,
        shade.of(EditorView.darkTheme.of(isDark())),
        marked,
        EditorView.contentAttributes.of({
          "aria-label": label,
          tabindex: "0",
          spellcheck: "false",
          autocapitalize: "off",
          autocorrect: "off",
          translate: "no",
        }),
        keymap.of([
          {
            key: "Escape",
            run(target) {
              // Until something is typed: no hurry for those who press slowly.
              target.setTabFocusMode(true);
              leaving();
              return false;
            },
          },
          ...closeBracketsKeymap,
          ...searchKeymap,
          ...historyKeymap,
          ...defaultKeymap,
          indentWithTab,
        ]),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          update.view.setTabFocusMode(false);
          changed(update.state.doc.toString());
        }),
        EditorView.domEventHandlers({ focus: (_, target) => target.setTabFocusMode(false), beforeinput: typeOver }),
      ],
    }),
  });
  const recolour = () => view.dispatch({ effects: shade.reconfigure(EditorView.darkTheme.of(isDark())) });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
  new MutationObserver(recolour).observe(document.documentElement, { attributeFilter: ["data-theme"] });

  const lineAt = (number) => view.state.doc.line(Math.min(Math.max(1, number), view.state.doc.lines));
  return {
    get text() {
      return view.state.doc.toString();
    },
    /** As one change, which one undo takes back. */
    replace(to) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: to }, selection: { anchor: 0 }, scrollIntoView: true, userEvent: "input.replace" });
    },
    undo: () => undo(view),
    focus: () => view.focus(),
    search: () => openSearchPanel(view),
    goTo(number) {
      const line = lineAt(number);
      view.dispatch({ selection: { anchor: line.from + /^\s*/.exec(line.text)[0].length }, effects: [mark.of(line.from), EditorView.scrollIntoView(line.from, { y: "center" })] });
      host.scrollIntoView({ block: "nearest" });
      view.focus();
    },
    mark(number) {
      view.dispatch({ effects: mark.of(number ? lineAt(number).from : null) });
    },
  };
}
