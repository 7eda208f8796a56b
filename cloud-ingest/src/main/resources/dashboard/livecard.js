import { bandChart } from "./band.js";
import { age, element, refill, value } from "./format.js";
import { alarmButtons } from "./marks.js";
import { stripChart } from "./states.js";

/**
 * A chart of the live page: the series of one unit, or states and texts. Below it stand the scores of
 * its series, and their alarms as buttons.
 */
export class LiveCard {
  #head = element("div", { className: "card-head" });
  #plot = element("div", { className: "plot", role: "img" });
  #alarms = element("div", { className: "alarm-marks", hidden: true });
  #chart = null;
  #below = null;
  node = element("article", { className: "card" }, this.#head, this.#plot, this.#alarms);

  /** @param {object} context `view`, `list`, `scores`, `marks` of the page, and `open` for an alarm */
  constructor(key, context) {
    this.key = key;
    this.context = context;
  }

  /** Needs to be in the page: a chart is as wide as its place. */
  start() {
    this.#chart = this.#newChart(this.#plot);
  }

  close() {
    this.#chart?.dispose();
    this.#below?.chart.dispose();
    this.node.remove();
  }

  resize() {
    this.#chart?.resize();
    this.#below?.chart.resize();
  }

  /** @param drawn, scores `{series, slot, points}` of the chart and of the one below it */
  draw(drawn, scores, { from, to }) {
    const { marks, open } = this.context;
    const alarms = [...drawn, ...scores].flatMap(({ series }) => marks.of(series.name)).filter((alarm) => (alarm.to ?? to) >= from);
    const states = this.key === "States";
    const unit = element("span", { className: "unit", textContent: this.key });
    refill(this.#head, [unit, ...drawn.map((one) => this.#chip(one)), ...this.#scoreSwitch(drawn)]);
    if (states) {
      this.#plot.classList.add("strip");
      this.#plot.style.height = `${drawn.length * 46 + 44}px`;
      this.#chart.resize();
    }
    const actions = this.#actions(drawn, from);
    this.#plot.ariaLabel = allInWords(drawn, alarms, actions);
    const own = alarms.filter(({ series }) => drawn.some((one) => one.series.name === series));
    const extras = { alarms: own, actions, linked: scores.length ? "above" : "" };
    this.#chart.setOption(states ? stripChart(drawn, from, to) : bandChart(drawn, from, to, extras), true);
    this.#scorePanel(scores, from, to);
    refill(this.#alarms, alarmButtons(alarms, open));
    this.#alarms.hidden = !alarms.length;
  }

  /** Offers scores where there are some. */
  #scoreSwitch(drawn) {
    const { view, scores } = this.context;
    const some = drawn.some(({ series }) => scores.of(series.name).some((name) => !view.chosen.includes(name)));
    if (!some) return [];
    const button = element("button", { type: "button", className: "small-button toggle", textContent: "Scores" });
    button.ariaPressed = String(view.scores);
    button.addEventListener("click", () => view.showScores(!view.scores));
    return [button];
  }

  #scorePanel(scores, from, to) {
    if (!scores.length) {
      this.#below?.chart.dispose();
      this.#below?.node.remove();
      this.#below = null;
      return;
    }
    const { marks } = this.context;
    this.#below ??= this.#newPanel();
    const { head, plot, chart } = this.#below;
    head.replaceChildren(element("span", { className: "unit", textContent: "Scores" }), ...scores.map((one) => this.#chip(one, false)));
    const alarms = scores.flatMap(({ series }) => marks.of(series.name)).filter((alarm) => (alarm.to ?? to) >= from);
    const actions = this.#actions(scores, from);
    const limits = scores.flatMap(({ series }) => marks.limits(series.name));
    const lines = limits.map(({ rule, limit }) => `limit ${rule} at ${value(limit)}`);
    plot.ariaLabel = [allInWords(scores, alarms, actions), ...lines].join("; ");
    chart.setOption(bandChart(scores, from, to, { alarms, actions, limits, linked: "below" }), true);
  }

  #newPanel() {
    const head = element("div", { className: "card-head" });
    const plot = element("div", { className: "plot score-plot", role: "img" });
    const node = element("div", { className: "score-panel" }, head, plot);
    this.#plot.after(node);
    return { node, head, plot, chart: this.#newChart(plot) };
  }

  /** What was switched because of them since then. */
  #actions(drawn, from) {
    return drawn.flatMap(({ series }) => this.context.marks.actions(series.name)).filter((action) => action.from >= from);
  }

  #newChart(plot) {
    const chart = echarts.init(plot, null, { renderer: "canvas" });
    chart.group = "edgeflow";
    echarts.connect("edgeflow");
    chart.on("click", ({ data }) => data?.alarm && this.context.open(data.alarm.event));
    return chart;
  }

  #chip({ series, slot }, removable = true) {
    const { view, list } = this.context;
    const latest = list.latest(series.name);
    const several = new Set(view.chosen.map((name) => name.split("/")[0])).size > 1;
    const levels = series.name.split("/").slice(several ? 0 : 1);
    const remove = removable && element("button", { type: "button", textContent: "×", ariaLabel: `Remove ${series.name}` });
    if (remove) remove.addEventListener("click", () => view.toggle(series.name));
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
}

function allInWords(drawn, alarms, actions) {
  const words = drawn.map(({ series, points }) => inWords(series, points));
  if (alarms.length) words.push(`${alarms.length} alarms in this time`);
  if (actions.length) words.push(`${actions.length} actions in this time`);
  return words.join("; ");
}

function inWords(series, points) {
  const last = points.at(-1);
  if (!last) return `${series.name}: nothing in this time`;
  return `${series.name}: ${points.length} points, the last ${age(Date.now() - last.t)} ago: ${value(last.mean ?? last.value)} ${series.unit}`;
}
