import { ask } from "./api.js";
import { count, element, parts, value } from "./format.js";

/** As many as a list can hold; beyond that the server filters. */
const PAGE = 1_000;
const SHOWN = 300;
const TYPING = 200;

/** The list of series with its filter and their latest values. */
export class SeriesList {
  #list = document.getElementById("series");
  #filter = document.getElementById("filter");
  #total = document.getElementById("series-count");
  #note = document.getElementById("series-note");
  #page = [];
  #latest = new Map();
  #edge = "";
  #timer = 0;
  complete = true;

  constructor(view) {
    this.view = view;
    this.#filter.addEventListener("input", () => this.#typed());
    this.#list.addEventListener("change", (event) => view.toggle(event.target.value));
    this.#list.addEventListener("keydown", (event) => this.#arrows(event));
    this.#filter.addEventListener("keydown", (event) => this.#arrows(event));
    this.#filter.addEventListener("keydown", (event) => this.#emptied(event));
    view.addEventListener("change", () => {
      this.draw();
      const unknown = !this.complete && view.chosen.some((name) => !this.#latest.has(name));
      if (unknown) this.#values().then(() => this.draw(), () => {});
    });
  }

  get all() {
    return this.#page;
  }

  find(name) {
    return this.#page.find((series) => series.name === name);
  }

  async refresh() {
    const words = this.complete ? [] : this.#words();
    const match = `${this.#edge ? `${this.#edge}/` : ""}*${words.map((w) => `${w}*`).join("")}`;
    const { series, total, next } = await ask("series", { match: this.complete ? "*" : match, limit: PAGE });
    this.complete = this.complete && !next;
    this.#page = series;
    this.total = total;
    await this.#values();
    this.draw();
  }

  /** Shows only what one edge has; empty for all. */
  only(edge) {
    this.#edge = edge;
    if (this.complete) this.draw();
    else this.refresh().catch(() => {});
  }

  /** New values arrived; names that are not listed yet are looked for by the next refresh. */
  heard(items) {
    for (const item of items) {
      const known = this.#latest.get(item.name);
      const at = item.at ?? item.t + item.span;
      if (known && known.t > at) continue;
      const last = item.value === undefined ? item.last : item.value;
      // What fell silent is stale, and still was something.
      this.#latest.set(item.name, { t: at, value: last ?? known?.value ?? null, quality: item.quality });
    }
    for (const row of this.#list.querySelectorAll(".series-row")) this.#show(row);
  }

  latest(name) {
    return this.#latest.get(name);
  }

  draw() {
    const found = this.#page.filter((series) => this.#matches(series));
    const shown = found.slice(0, SHOWN);
    const focused = document.activeElement?.value;
    const kept = this.#list.contains(document.activeElement);
    this.#total.textContent = this.total ? count(this.complete ? found.length : this.total) : "";
    this.#list.replaceChildren(...shown.map((series) => element("li", {}, this.#row(series))));
    const more = found.length > SHOWN || !this.complete;
    this.#note.hidden = found.length > 0 && !more;
    this.#note.textContent = found.length ? "Type to find more." : this.total ? "No series has such a name." : "No series yet.";
    if (kept) this.#list.querySelector(`input[value="${CSS.escape(focused)}"]`)?.focus();
  }

  async #values() {
    const names = this.complete ? ["*"] : this.view.chosen;
    if (!names.length || !this.#page.length) return;
    const { series } = await ask("latest", { series: names });
    for (const one of series) this.#latest.set(one.name, one);
  }

  #row(series) {
    const { point, where } = parts(series.name);
    const slot = this.view.colour(series.name);
    const box = element("input", { type: "checkbox", value: series.name, checked: slot !== undefined });
    const row = element(
      "label",
      { className: "series-row", title: series.name },
      box,
      element("span", { className: "series-name" }, element("span", { textContent: point }), element("span", { className: "where", textContent: where })),
      element("span", { className: "series-value" }),
    );
    if (slot) row.style.setProperty("--swatch", `var(--data-${slot})`);
    row.dataset.unit = series.unit;
    this.#show(row);
    return row;
  }

  #show(row) {
    const latest = this.#latest.get(row.firstChild.value);
    const cell = row.lastChild;
    if (!latest) return;
    cell.className = `series-value ${latest.quality}`;
    cell.title = latest.quality;
    cell.replaceChildren(value(latest.value), element("small", { textContent: row.dataset.unit ? ` ${row.dataset.unit}` : "" }));
  }

  #words() {
    return this.#filter.value.trim().toLowerCase().split(/[\s*]+/).filter(Boolean);
  }

  #matches(series) {
    const name = series.name.toLowerCase();
    return (!this.#edge || series.edge === this.#edge) && this.#words().every((word) => name.includes(word));
  }

  #typed() {
    clearTimeout(this.#timer);
    if (this.complete) this.draw();
    else this.#timer = setTimeout(() => this.refresh().catch(() => {}), TYPING);
  }

  #arrows(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [this.#filter, ...this.#list.querySelectorAll("input")];
    stops[stops.indexOf(event.target) + step]?.focus();
    event.preventDefault();
  }

  focusSearch() {
    this.#filter.focus();
  }

  #emptied(event) {
    if (event.key !== "Escape") return;
    this.#filter.value = "";
    this.#typed();
  }
}
