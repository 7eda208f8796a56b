import { causeOf } from "./actions.js";
import { ask } from "./api.js";
import { age, element } from "./format.js";
import { LiveCard } from "./livecard.js";
import { Marks } from "./marks.js";

/** News is drawn this much later, so that what comes together is asked for together. */
const GATHER = 300;

/** Scores take the colours behind those of the series. */
const SCORE_COLOUR = 4;
const MOST_SCORES = 6;

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
  #marks = new Marks();
  #marked = "";
  #happened = false;

  constructor(view, list, scores, { problem, open }) {
    this.view = view;
    this.list = list;
    this.scores = scores;
    this.onProblem = problem;
    this.onOpen = open;
    view.addEventListener("change", () => this.load());
    addEventListener("edgeflow-theme", () => this.#draw());
    new ResizeObserver(() => this.#cards.forEach((card) => card.resize())).observe(this.#place);
    setInterval(() => this.#tick(), TICK);
  }

  /** Asks for everything anew, if something else is to be seen than before. */
  async load(force = false) {
    const wanted = JSON.stringify([this.view.range, this.view.chosen, this.view.scores]);
    if (wanted === this.#loaded && !force) return;
    this.#loaded = wanted;
    this.#dirty = Infinity;
    if (!this.view.chosen.length) {
      this.#series.clear();
      this.#draw();
      return;
    }
    await this.scores.refresh(this.view.chosen).catch(() => {});
    const to = Date.now();
    await this.#fetch({ from: to - this.view.millis }, (data) => {
      this.#step = data.step;
      this.#series = new Map(data.series.map((series) => [series.name, series]));
    });
    await this.#mark();
  }

  /** Events came: those of what is drawn are marked. */
  happened(items) {
    const names = this.#names();
    if (items.some((item) => names.includes(causeOf(item) || (item.type.startsWith("alarm-") && item.series)))) {
      this.#happened = true;
      this.#soon();
    }
  }

  /** What is asked for: what is chosen, and its scores. */
  #names() {
    return [...new Set([...this.view.chosen, ...this.view.chosen.flatMap((name) => this.#scoresOf(name))])];
  }

  #scoresOf(name) {
    if (!this.view.scores) return [];
    return this.scores.of(name).filter((score) => !this.view.chosen.includes(score)).slice(0, MOST_SCORES);
  }

  async #mark() {
    this.#happened = false;
    const names = this.#names();
    this.#marked = String(names);
    await this.#marks.load(names, Date.now() - 2 * this.view.millis).then(() => this.#draw(), () => {});
  }

  heard(items) {
    for (const item of items) {
      if (this.#names().includes(item.name)) this.#dirty = Math.min(this.#dirty, item.t);
    }
    if (this.#dirty !== Infinity) this.#soon();
  }

  #soon() {
    this.timer ??= setTimeout(async () => {
      this.timer = undefined;
      if (document.hidden) return;
      if (this.#happened || String(this.#names()) !== this.#marked) await this.#mark();
      if (this.#dirty === Infinity) return;
      const from = Math.max(this.#dirty, Date.now() - this.view.millis);
      this.#dirty = Infinity;
      await this.#fetch({ from, step: this.#step }, (data) => this.#merge(data));
    }, GATHER);
  }

  #merge(data) {
    for (const fresh of data.series) {
      const known = this.#series.get(fresh.name);
      if (!known) this.#series.set(fresh.name, fresh);
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
      then(await ask("data", { ...known, series: this.#names(), to: Date.now() + 1_000 }, asking.signal));
      this.onProblem("");
      this.#draw();
    } catch (failed) {
      if (failed.name === "AbortError") return;
      this.onProblem(`The data could not be read: ${failed.message}`);
      this.#loaded = "";
    }
  }

  #tick() {
    if (document.hidden || this.view.page !== "live") return;
    if (!this.#loaded) this.load();
    else if (this.#dirty !== Infinity) this.#soon();
    else if (Date.now() - this.#drawnAt > this.view.millis / 600) this.#draw();
  }

  #draw() {
    this.#drawnAt = Date.now();
    const groups = this.#groups();
    for (const [key, card] of this.#cards) {
      if (!groups.has(key)) {
        card.close();
        this.#cards.delete(key);
      }
    }
    this.#place.dataset.cards = String(groups.size);
    this.#resolution.textContent = this.#finest();
    this.#empty(groups.size === 0);
    const seen = new Set();
    for (const [key, drawn] of groups) this.#card(key, drawn, this.#below(drawn, seen));
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

  /** The scores that stand below a card; each below one of them. */
  #below(drawn, seen) {
    const names = [...new Set(drawn.flatMap(({ series }) => this.#scoresOf(series.name)))];
    return names
      .filter((name) => !seen.has(name) && this.#series.has(name))
      .map((name, i) => {
        seen.add(name);
        const series = this.#series.get(name);
        return { series, slot: SCORE_COLOUR + 1 + i, points: series.points };
      });
  }

  #card(key, drawn, scores) {
    const to = Date.now();
    const known = this.#cards.get(key);
    const card = known ?? new LiveCard(key, { view: this.view, list: this.list, scores: this.scores, marks: this.#marks, open: this.onOpen });
    if (!known) {
      this.#place.append(card.node);
      card.start();
      this.#cards.set(key, card);
    }
    card.draw(drawn, scores, { from: to - this.view.millis, to });
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
