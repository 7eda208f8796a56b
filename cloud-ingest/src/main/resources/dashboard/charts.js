import { causeOf } from "./actions.js";
import { ask } from "./api.js";
import { bandChart, stripChart } from "./band.js";
import { age, element, refill, value } from "./format.js";
import { Marks, alarmButtons } from "./marks.js";

/** News is drawn this much later, so that what comes together is asked for together. */
const GATHER = 300;

/** Scores take the colours behind those of the series. */
const SCORE_COLOUR = 4;
const MOST_SCORES = 6;

/** How often the time axis moves on, whatever comes. */
const TICK = 1_000;

/**
 * Below the chart of a card stand the scores of its series, and their alarms as buttons.
 *
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
    new ResizeObserver(() => this.#cards.forEach(resize)).observe(this.#place);
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
        card.below?.chart.dispose();
        card.node.remove();
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
    const from = to - this.view.millis;
    const card = this.#cards.get(key) ?? this.#newCard(key);
    const alarms = [...drawn, ...scores].flatMap(({ series }) => this.#marks.of(series.name)).filter((alarm) => (alarm.to ?? to) >= from);
    const unit = element("span", { className: "unit", textContent: key });
    refill(card.head, [unit, ...drawn.map((one) => this.#chip(one)), ...this.#scoreSwitch(drawn)]);
    if (key === "States") {
      card.plot.classList.add("strip");
      card.plot.style.height = `${drawn.length * 46 + 44}px`;
      card.chart.resize();
    }
    card.plot.ariaLabel = this.#allInWords(drawn, alarms, this.#actions(drawn, from));
    const own = alarms.filter(({ series }) => drawn.some((one) => one.series.name === series));
    const extras = { alarms: own, actions: this.#actions(drawn, from), linked: scores.length ? "above" : "" };
    card.chart.setOption(key === "States" ? stripChart(drawn, from, to) : bandChart(drawn, from, to, extras), true);
    this.#scorePanel(card, scores, from, to);
    refill(card.alarms, alarmButtons(alarms, this.onOpen));
    card.alarms.hidden = !alarms.length;
  }

  /** Offers scores where there are some. */
  #scoreSwitch(drawn) {
    const some = drawn.some(({ series }) => this.scores.of(series.name).some((name) => !this.view.chosen.includes(name)));
    if (!some) return [];
    const button = element("button", { type: "button", className: "small-button toggle", textContent: "Scores" });
    button.ariaPressed = String(this.view.scores);
    button.addEventListener("click", () => this.view.showScores(!this.view.scores));
    return [button];
  }

  #scorePanel(card, scores, from, to) {
    if (!scores.length) {
      card.below?.chart.dispose();
      card.below?.node.remove();
      card.below = null;
      return;
    }
    card.below ??= this.#newPanel(card);
    const { head, plot, chart } = card.below;
    head.replaceChildren(element("span", { className: "unit", textContent: "Scores" }), ...scores.map((one) => this.#chip(one, false)));
    const alarms = scores.flatMap(({ series }) => this.#marks.of(series.name)).filter((alarm) => (alarm.to ?? to) >= from);
    const actions = this.#actions(scores, from);
    const limits = scores.flatMap(({ series }) => this.#marks.limits(series.name));
    const lines = limits.map(({ rule, limit }) => `limit ${rule} at ${value(limit)}`);
    plot.ariaLabel = [this.#allInWords(scores, alarms, actions), ...lines].join("; ");
    chart.setOption(bandChart(scores, from, to, { alarms, actions, limits, linked: "below" }), true);
  }

  #newPanel(card) {
    const head = element("div", { className: "card-head" });
    const plot = element("div", { className: "plot score-plot", role: "img" });
    const node = element("div", { className: "score-panel" }, head, plot);
    card.plot.after(node);
    return { node, head, plot, chart: this.#newChart(plot) };
  }

  /** What was switched because of them since then. */
  #actions(drawn, from) {
    return drawn.flatMap(({ series }) => this.#marks.actions(series.name)).filter((action) => action.from >= from);
  }

  #allInWords(drawn, alarms, actions) {
    const words = drawn.map(({ series, points }) => this.#inWords(series, points));
    if (alarms.length) words.push(`${alarms.length} alarms in this time`);
    if (actions.length) words.push(`${actions.length} actions in this time`);
    return words.join("; ");
  }

  #newCard(key) {
    const head = element("div", { className: "card-head" });
    const plot = element("div", { className: "plot", role: "img" });
    const alarms = element("div", { className: "alarm-marks", hidden: true });
    const node = element("article", { className: "card" }, head, plot, alarms);
    this.#place.append(node);
    const card = { head, plot, alarms, node, chart: this.#newChart(plot), below: null };
    this.#cards.set(key, card);
    return card;
  }

  #newChart(plot) {
    const chart = echarts.init(plot, null, { renderer: "canvas" });
    chart.group = "edgeflow";
    echarts.connect("edgeflow");
    chart.on("click", ({ data }) => data?.alarm && this.onOpen(data.alarm.event));
    return chart;
  }

  #chip({ series, slot }, removable = true) {
    const latest = this.list.latest(series.name);
    const several = new Set(this.view.chosen.map((name) => name.split("/")[0])).size > 1;
    const levels = series.name.split("/").slice(several ? 0 : 1);
    const remove = removable && element("button", { type: "button", textContent: "×", ariaLabel: `Remove ${series.name}` });
    if (remove) remove.addEventListener("click", () => this.view.toggle(series.name));
    const chip = element(
      "span",
      { className: "chip", title: series.name },
      element("span", { className: "name", textContent: levels.join(" / ") }),
      element("b", { textContent: latest ? value(latest.value) : "" }),
      ...(remove ? [remove] : []),
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

function resize(card) {
  card.chart.resize();
  card.below?.chart.resize();
}
