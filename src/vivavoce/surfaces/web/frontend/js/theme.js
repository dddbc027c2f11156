// Light or dark by choice; without one the system decides. A cookie lets the server set it before the first paint.
const YEAR_S = 31536000;

export function themeToggle() {
  const root = document.documentElement;
  const toggle = document.querySelector("[data-theme-toggle]");
  if (!toggle) return;
  const stored = read();
  if (stored && stored !== root.dataset.theme) apply(stored);
  toggle.hidden = false;
  label();
  toggle.addEventListener("click", () => {
    apply(dark() ? "light" : "dark");
    label();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", label);

  function dark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  function label() {
    toggle.setAttribute("aria-label", dark() ? "Use light colours" : "Use dark colours");
    toggle.title = toggle.getAttribute("aria-label");
    toggle.dataset.now = dark() ? "dark" : "light";
  }

  function apply(theme) {
    root.dataset.theme = theme;
    document.cookie = `vivavoce_theme=${theme}; path=/; max-age=${YEAR_S}; samesite=strict`;
    try {
      localStorage.setItem("vivavoce-theme", theme);
    } catch {
      // Storage may be switched off; the cookie carries the choice.
    }
  }

  function read() {
    try {
      const theme = localStorage.getItem("vivavoce-theme");
      return theme === "dark" || theme === "light" ? theme : null;
    } catch {
      return null;
    }
  }
}
