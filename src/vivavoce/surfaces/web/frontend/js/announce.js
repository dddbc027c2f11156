// Tells screen readers what changed after a part of the page was replaced, and shows what went wrong.
const live = () => document.getElementById("announce");

export function announce(text) {
  const region = live();
  if (!region) return;
  region.textContent = "";
  setTimeout(() => (region.textContent = text), 60); // A changed text is read; the same text again is not.
}

export function announceSwaps() {
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.requestConfig?.elt?.dataset.quiet !== undefined) return; // Somebody else has said it.
    const said = event.detail.elt?.querySelector?.("[data-announce]") ?? document.querySelector("#result [data-announce]");
    if (said) announce(said.dataset.announce);
    // The pressed button is gone: go on from the heading of what came instead.
    if (document.activeElement === document.body) event.detail.elt?.querySelector?.("h2[tabindex]")?.focus({ preventScroll: true });
  });
  document.addEventListener("htmx:sendError", () => trouble("The program does not answer. Is it still running? Nothing was changed."));
  document.addEventListener("htmx:responseError", (event) => {
    const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
    trouble(page.querySelector("[data-message]")?.textContent?.trim() ?? "That did not work; reload the page and try again.");
  });
}

/** Show an error at the top of the page without throwing away what is on it. */
export function trouble(text) {
  const box = document.getElementById("trouble");
  if (!box) return;
  box.querySelector("p").textContent = text;
  box.hidden = false;
}
