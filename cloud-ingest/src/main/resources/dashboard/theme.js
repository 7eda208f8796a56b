// Not a module: it runs before the first paint, so that a dark page never flashes white.
(() => {
  const stored = () => {
    try {
      return localStorage.getItem("edgeflow.theme");
    } catch {
      return null; // Storage can be forbidden; the system's choice then holds.
    }
  };
  const system = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    document.documentElement.dataset.theme = stored() ?? (system.matches ? "dark" : "light");
    window.dispatchEvent(new Event("edgeflow-theme"));
  };
  window.toggleTheme = () => {
    const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    try {
      localStorage.setItem("edgeflow.theme", next);
    } catch {
      // Not remembered, but switched.
    }
    document.documentElement.dataset.theme = next;
    window.dispatchEvent(new Event("edgeflow-theme"));
  };
  system.addEventListener("change", apply);
  apply();
})();
