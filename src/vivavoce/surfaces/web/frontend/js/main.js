// Everything here improves pages that work without it.
import htmx from "htmx.org";
import { watchAnswers } from "./answer.js";
import { announceSwaps } from "./announce.js";
import { watchCode } from "./code.js";
import { confirmSubmits } from "./confirm.js";
import { lightQuotes } from "./highlight.js";
import { listenForKeys } from "./keys.js";
import { watchMap } from "./map.js";
import { renderMaths } from "./maths.js";
import { colourPython } from "./python.js";
import { linkSliders } from "./lab.js";
import { reachScrolling, reachScrollingOnceOpen } from "./scroll.js";
import { themeToggle } from "./theme.js";

// The content policy allows neither eval nor inline styles, and pages with answers do not belong into localStorage.
Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  historyEnabled: true,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  scrollBehavior: "auto",
});

document.documentElement.classList.add("js");
themeToggle();
listenForKeys();
announceSwaps();
confirmSubmits();
reachScrollingOnceOpen();

/** Set up what `root` holds: the page at first, then whatever htmx puts into it. */
function prepare(root) {
  renderMaths(root);
  lightQuotes(root);
  watchAnswers(root);
  watchCode(root);
  colourPython(root);
  linkSliders(root);
  watchMap(root);
  reachScrolling(root);
}

htmx.onLoad(prepare);
