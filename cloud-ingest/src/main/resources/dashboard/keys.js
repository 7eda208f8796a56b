import { button, element } from "./parts.js";

const KEYS = [
  ["/", "search on this page"],
  ["1 to 7", "turn to a page, from left to right"],
  ["d", "dark or light"],
  ["?", "this help"],
  ["← →", "explorer: to earlier and later times; with Shift by a whole screen"],
  ["+ −", "explorer: nearer and further"],
  ["0", "explorer: the last day again"],
  ["n", "explorer: up to now"],
  ["c", "explorer: compare with a week before"],
  ["Ctrl + wheel", "explorer: nearer and further at the pointer"],
  ["Shift + drag", "explorer: zoom to a stretch"],
  ["Enter", "open what is focused"],
  ["Escape", "close, or empty the search"],
];

/** Keys that work everywhere, the page's own, and the dialog that tells of them. */
export class Keys {
  #dialog = element("dialog", { className: "dialog", ariaLabel: "Keys" });

  constructor(pages) {
    this.pages = pages;
    const rows = KEYS.flatMap(([key, does]) => [element("dt", {}, element("kbd", { textContent: key })), element("dd", { textContent: does })]);
    const close = button("Close", () => this.#dialog.close());
    this.#dialog.append(element("h2", { className: "dialog-title", textContent: "Keys" }), element("dl", { className: "keys" }, ...rows), element("div", { className: "buttons" }, close));
    this.#dialog.id = "keys";
    document.body.append(this.#dialog);
    document.addEventListener("keydown", (event) => this.#pressed(event));
    document.getElementById("help").addEventListener("click", () => this.#dialog.showModal());
  }

  #pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input:not([type=radio], [type=checkbox]), select, textarea, dialog")) return;
    if (this.#everywhere(event.key) || this.pages.current.key?.(event)) event.preventDefault();
  }

  #everywhere(key) {
    if (key === "?") this.#dialog.showModal();
    else if (key === "d") window.toggleTheme();
    else if (key === "/") this.pages.current.focusSearch?.();
    else return /^[1-9]$/.test(key) && this.pages.goNth(Number(key));
    return true;
  }
}
