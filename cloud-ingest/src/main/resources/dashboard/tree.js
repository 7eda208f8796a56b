import { ask } from "./api.js";
import { button, count, element, refill, searchField } from "./parts.js";

const EDGES_SHOWN = 100;
const SERIES_SHOWN = 400;
const FOUND_SHOWN = 200;

/** As many as one question to the cloud may match. */
export const MOST_MATCHED = 200;

/** Where series are found: a tree of edges, devices and points, or what a search with wildcards finds. */
export class Tree {
  #list = element("div", { className: "tree" });
  #note = element("p", { className: "note", role: "status" });
  #all = button("", () => this.onAdd(this.#pattern));
  #search;
  #edges = [];
  #open = new Map();
  #found = null;
  #pattern = "";
  #asking = null;
  #chosen = new Set();

  /** @param {{add: (name: string) => void, toggle: (name: string) => void}} on what is chosen, a series or a pattern */
  constructor({ add, toggle }) {
    this.onAdd = add;
    this.onToggle = toggle;
    this.#search = searchField("Find series", "pump flow, or pi-*/pump-?/flow", (text) => this.#find(text));
    this.#all.className = "small-button";
    this.#all.hidden = true;
    this.node = element("section", { className: "picker", ariaLabel: "Series" }, this.#search.node, this.#note, this.#all, this.#list);
    this.#list.addEventListener("keydown", (event) => this.#arrows(event));
    this.#search.input.addEventListener("keydown", (event) => this.#arrows(event));
  }

  focusSearch() {
    this.#search.focus();
  }

  async refresh() {
    if (this.#edges.length && this.#found) return;
    this.#edges = (await ask("edges")).edges;
    this.#draw();
  }

  /** @param {string[]} names series and patterns that are shown */
  choose(names) {
    this.#chosen = new Set(names);
    for (const box of this.#list.querySelectorAll("input")) box.checked = this.#chosen.has(box.value);
    this.#all.disabled = this.#chosen.has(this.#pattern);
  }

  async #find(text) {
    this.#asking?.abort();
    this.#asking = new AbortController();
    this.#pattern = /[*?]/.test(text) ? text : `*${text.split(/\s+/).join("*")}*`;
    if (!text) this.#found = null;
    else {
      try {
        this.#found = await ask("series", { match: this.#pattern, limit: FOUND_SHOWN }, this.#asking.signal);
      } catch (failed) {
        if (failed.name === "AbortError") return;
        this.#note.textContent = failed.message;
        return;
      }
    }
    this.#draw();
  }

  #draw() {
    const found = this.#found;
    this.#all.hidden = !found || found.total < 2 || found.total > MOST_MATCHED;
    this.#all.textContent = found ? `Show all ${count(found.total)} as ${this.#pattern}` : "";
    this.#note.textContent = found ? this.#foundWords(found) : this.#edges.length > EDGES_SHOWN ? `${count(this.#edges.length)} edges: type to find a series` : "";
    this.#note.hidden = !this.#note.textContent;
    const nodes = found ? branches(found.series, (one) => one.edge).map(([edge, own]) => this.#foundEdge(edge, own)) : this.#edges.slice(0, EDGES_SHOWN).map((edge) => this.#edge(edge));
    refill(this.#list, nodes);
    this.choose([...this.#chosen]);
  }

  #foundWords({ total, series }) {
    if (!total) return "No series has such a name. Case matters; * stands for anything, ? for one character.";
    return total > series.length ? `${count(total)} series, the first ${count(series.length)} of them:` : `${count(total)} series`;
  }

  #foundEdge(edge, series) {
    return element("div", { className: "branch" }, element("p", { className: "branch-name", textContent: edge }), ...this.#devices(series));
  }

  #edge({ name, online }) {
    const open = this.#open.has(name);
    const opener = button(name, () => this.#turn(name), { className: "opener" });
    opener.ariaExpanded = String(open);
    const head = element("div", { className: "branch-head" }, opener, element("span", { className: `dot ${online ? "on" : "off"}`, role: "img", ariaLabel: online ? "online" : "offline" }));
    return element("div", { className: "branch" }, head, ...(open ? this.#devices(this.#open.get(name)) : []));
  }

  async #turn(edge) {
    if (!this.#open.delete(edge)) {
      const { series } = await ask("series", { match: `${edge}/*`, limit: SERIES_SHOWN }).catch(() => ({ series: [] }));
      this.#open.set(edge, series);
    }
    this.#draw();
  }

  #devices(series) {
    return branches(series, ({ name }) => name.split("/")[1]).map(([device, own]) =>
      element("div", { className: "device" }, element("p", { className: "device-name", textContent: device }), element("ul", {}, ...own.map((one) => this.#series(one)))),
    );
  }

  #series({ name, unit }) {
    const box = element("input", { type: "checkbox", value: name });
    box.addEventListener("change", () => this.onToggle(name));
    const point = name.split("/").slice(2).join("/") || name;
    return element("li", {}, element("label", { title: name }, box, element("span", { textContent: point }), element("small", { textContent: unit })));
  }

  #arrows(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [this.#search.input, ...this.#list.querySelectorAll("input, button")];
    stops[stops.indexOf(event.target) + step]?.focus();
    event.preventDefault();
  }
}

function branches(series, by) {
  const found = new Map();
  for (const one of series) (found.get(by(one)) ?? found.set(by(one), []).get(by(one))).push(one);
  return [...found];
}
