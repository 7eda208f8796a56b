import { ask } from "./api.js";
import { bandChart, stripChart } from "./band.js";
import { age, element, value } from "./format.js";

/** News is drawn this much later, so that what comes together is asked for together. */
const GATHER = 300;

/** How often the time axis moves on, whatever comes. */
const TICK = 1_000;

/**
 * One card for each unit among the chosen series. Points are always the server's own: news on the
 * stream only says from when on to ask again, so nothing is ever counted twice here.
 */
export class Charts {
  #place = document.getElementById("charts");
  #resolution = document.getElementById("resolution");
  #cards = new Map();
  #series = new Map();
  #step = null;
  #loaded = "";
  #dirty = Infinity;
  #asking = null;
  #drawnAt = 0;

  constructor(view, list, onProblem) {
    this.view = view;
    this.list = list;
    this.onProblem = onProblem;
    view.addEventListener("change", () => this.load());
    addEventListener("edgeflow-theme", () => this.#draw());
    new ResizeObserver(() => this.#cards.forEach((card) => card.chart.resize())).observe(this.#place);
    setInterval(() => this.#tick(), TICK);
  }

  /** Asks for everything anew, if something else is to be seen than before. */
  async load(force = false) {
    const wanted = JSON.stringify([this.view.range, this.view.chosen]);
    if (wanted === this.#loaded && !force) return;
    this.#loaded = wanted;
    this.#dirty = Infinity;
    if (!this.view.chosen.length) {
      this.#series.clear();
      this.#draw();
      return;
    }
    const to = Date.now();
    await this.#fetch({ from: to - this.view.millis }, (data) => {
      this.#step = data.step;
      this.#series = new Map(data.series.map((series) => [series.name, series]));
    });
  }

  heard(items) {
    for (const item of items) {
      if (this.view.chosen.includes(item.name)) this.#dirty = Math.min(this.#dirty, item.t);
    }
    if (this.#dirty !== Infinity) this.#soon();
  }

  #soon() {
    this.timer ??= setTimeout(async () => {
      this.timer = undefined;
      if (document.hidden || this.#dirty === Infinity) return;
      const from = Math.max(this.#dirty, Date.now() - this.view.millis);
      this.#dirty = Infinity;
      await this.#fetch({ from, step: this.#step }, (data) => this.#merge(data));
    }, GATHER);
  }

  #merge(data) {
    for (const fresh of data.series) {
      const known = this.#series.get(fresh.name);
      if (!known || !fresh.points.length) continue;
      const from = fresh.points[0].t;
      known.points = [...known.points.filter((point) => point.t < from), ...fresh.points];
    }
  }

  async #fetch(parameters, then) {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    try {
      const known = Object.fromEntries(Object.entries(parameters).filter(([, content]) => content));
      then(await ask("data", { ...known, series: this.view.chosen, to: Date.now() + 1_000 }, asking.signal));
      this.onProblem("");
      this.#draw();
    } catch (failed) {
      if (failed.name === "AbortError") return;
      this.onProblem(`The data could not be read: ${failed.message}`);
      this.#loaded = "";
    }
  }

  #tick() {
    if (document.hidden) return;
    if (!this.#loaded) this.load();
    else if (this.#dirty !== Infinity) this.#soon();
    else if (Date.now() - this.#drawnAt > this.view.millis / 600) this.#draw();
  }

  #draw() {
    this.#drawnAt = Date.now();
    const groups = this.#groups();
    for (const [key, card] of this.#cards) {
      if (!groups.has(key)) {
        card.chart.dispose();
        card.node.remove();
        this.#cards.delete(key);
      }
    }
    this.#place.dataset.cards = String(groups.size);
    this.#resolution.textContent = this.#finest();
    this.#empty(groups.size === 0);
    for (const [key, drawn] of groups) this.#card(key, drawn);
  }

  /** What is really seen: a window that is longer than the step keeps its own length. */
  #finest() {
    let least = Infinity;
    for (const { points } of this.#series.values()) {
      for (const point of points) if (point.mean !== undefined) least = Math.min(least, point.span);
    }
    return least === Infinity ? "" : `a point is ${age(least)}`;
  }

  #groups() {
    const groups = new Map();
    for (const name of this.view.chosen) {
      const series = this.#series.get(name);
      if (!series) continue;
      const kind = this.list.find(name)?.kind ?? "gauge";
      const key = kind === "state" || kind === "text" ? "States" : series.unit || "No unit";
      const drawn = { series, slot: this.view.colour(name), points: series.points };
      groups.set(key, [...(groups.get(key) ?? []), drawn]);
    }
    return groups;
  }

  #card(key, drawn) {
    const to = Date.now();
    const from = to - this.view.millis;
    const card = this.#cards.get(key) ?? this.#newCard(key);
    card.head.replaceChildren(element("span", { className: "unit", textContent: key }), ...drawn.map((one) => this.#chip(one)));
    if (key === "States") {
      card.plot.classList.add("strip");
      card.plot.style.height = `${drawn.length * 46 + 44}px`;
      card.chart.resize();
    }
    card.plot.ariaLabel = drawn.map(({ series, points }) => this.#inWords(series, points)).join("; ");
    card.chart.setOption(key === "States" ? stripChart(drawn, from, to) : bandChart(drawn, from, to), true);
  }

  #newCard(key) {
    const head = element("div", { className: "card-head" });
    const plot = element("div", { className: "plot", role: "img" });
    const node = element("article", { className: "card" }, head, plot);
    this.#place.append(node);
    const chart = echarts.init(plot, null, { renderer: "canvas" });
    chart.group = "edgeflow";
    echarts.connect("edgeflow");
    const card = { head, plot, node, chart };
    this.#cards.set(key, card);
    return card;
  }

  #chip({ series, slot }) {
    const latest = this.list.latest(series.name);
    const several = new Set(this.view.chosen.map((name) => name.split("/")[0])).size > 1;
    const levels = series.name.split("/").slice(several ? 0 : 1);
    const remove = element("button", { type: "button", textContent: "×", ariaLabel: `Remove ${series.name}` });
    remove.addEventListener("click", () => this.view.toggle(series.name));
    const chip = element(
      "span",
      { className: "chip", title: series.name },
      element("span", { className: "name", textContent: levels.join(" / ") }),
      element("b", { textContent: latest ? value(latest.value) : "" }),
      remove,
    );
    chip.style.setProperty("--swatch", `var(--data-${slot})`);
    return chip;
  }

  #inWords(series, points) {
    const last = points.at(-1);
    if (!last) return `${series.name}: nothing in this time`;
    return `${series.name}: ${points.length} points, the last ${age(Date.now() - last.t)} ago: ${value(last.mean ?? last.value)} ${series.unit}`;
  }

  #empty(isEmpty) {
    this.#place.querySelector(".empty")?.remove();
    if (!isEmpty) return;
    const some = this.list.all.length > 0;
    const title = element("strong", { textContent: some ? "Choose a series" : "Waiting for the first readings" });
    const hint = element("span", {
      textContent: some
        ? "Up to eight of them, out of the list. Those of one unit share a chart."
        : "As soon as an edge delivers a window, its series appear here by themselves.",
    });
    this.#place.append(element("div", { className: "card empty" }, title, hint));
  }
}
