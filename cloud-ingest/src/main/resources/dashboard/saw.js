import { ask } from "./api.js";
import { axes, bandChart, palette } from "./band.js";
import { element, time, value } from "./format.js";
import { moment } from "./overlay.js";
import { deviceOf } from "./scores.js";

const AROUND = 5 * 60_000;
const MOST_LINES = 6;

/** Facts of an event that are said elsewhere, or to programs only. */
const UNSAID = new Set(["alarm", "raised", "noticed", "previous"]);

/**
 * What an alarm saw: the event and the raw readings around it, as far as they came; else the windows.
 * Of an alarm on a score it is what the model looked at.
 */
export class Saw {
  #dialog = document.getElementById("saw");
  #title = document.getElementById("saw-title");
  #facts = document.getElementById("saw-facts");
  #note = document.getElementById("saw-note");
  #plot = document.getElementById("saw-plot");
  #chart = null;
  #asking = null;
  #draw = () => {};

  constructor(scores) {
    this.scores = scores;
    this.#dialog.addEventListener("close", () => this.#closed());
    this.#dialog.addEventListener("click", (event) => event.target === this.#dialog && this.#dialog.close());
    addEventListener("edgeflow-theme", () => this.#draw());
    new ResizeObserver(() => this.#chart?.resize()).observe(this.#plot);
  }

  async open(event) {
    this.#asking?.abort();
    this.#asking = new AbortController();
    this.#title.textContent = event.message;
    this.#facts.replaceChildren(...facts(event));
    this.#note.textContent = "Looking for the readings around it.";
    this.#plot.hidden = true;
    if (!this.#dialog.open) this.#dialog.showModal();
    try {
      await this.#show(event, this.#asking.signal);
    } catch (failed) {
      if (failed.name !== "AbortError") this.#note.textContent = `The readings could not be read: ${failed.message}`;
    }
  }

  async #show(event, signal) {
    const span = { from: event.t - AROUND, to: event.t + AROUND };
    const series = await this.#seen(event.series, signal);
    if (!series.length) {
      this.#note.textContent = "It is about no series.";
      return;
    }
    const raw = await ask("raw", { ...span, series, limit: 20_000 }, signal);
    const lines = raw.series.filter(({ readings }) => readings.some((one) => typeof one.value === "number"));
    if (lines.length) {
      const count = lines.reduce((sum, { readings }) => sum + readings.length, 0);
      this.#say(`${count} readings, five minutes before and after.`, lines, (shown) => rawChart(shown, span, event.t));
      return;
    }
    const { series: coarse } = await ask("data", { ...span, series, step: "1m" }, signal);
    const some = coarse.filter(({ points }) => points.some((point) => point.mean != null));
    this.#say(
      some.length ? "No single readings of that time came; these are its windows." : "Nothing of that time came.",
      some,
      (shown) => bandChart(shown.map((one, i) => ({ series: one, slot: i + 1, points: one.points })), span.from, span.to, { at: event.t }),
    );
  }

  /** What the model looked at; where the alarm is on no score, the series itself. */
  async #seen(name, signal) {
    if (!name) return [];
    if (!this.scores.isScore(name)) return [name];
    const subject = name.slice(0, name.lastIndexOf("/"));
    if (subject !== deviceOf(name)) return [subject, name];
    const { series } = await ask("series", { match: `${subject}/*`, limit: 50 }, signal);
    const inputs = series.filter((one) => one.kind === "gauge" && !this.scores.isScore(one.name));
    return [...inputs.slice(0, MOST_LINES - 1).map((one) => one.name), name];
  }

  #say(words, lines, option) {
    const shown = lines.slice(0, MOST_LINES);
    this.#note.textContent = words;
    this.#plot.hidden = !shown.length;
    if (!shown.length) return;
    this.#plot.ariaLabel = shown.map(({ name, readings, points }) => `${name}: ${(readings ?? points).length} values`).join("; ");
    this.#chart ??= echarts.init(this.#plot, null, { renderer: "canvas" });
    this.#draw = () => this.#chart?.setOption(option(shown), true);
    this.#chart.resize();
    this.#draw();
  }

  #closed() {
    this.#asking?.abort();
    this.#chart?.dispose();
    this.#chart = null;
    this.#draw = () => {};
  }
}

function facts(event) {
  const said = Object.entries(event.detail).filter(([name, text]) => text && !UNSAID.has(name));
  const known = said.map(([name, text]) => [name, Number.isFinite(Number(text)) ? value(Number(text)) : text]);
  return [["when", time(event.t)], ["series", event.series || event.edge], ...known].map(([name, text]) =>
    element("div", {}, element("dt", { textContent: name }), element("dd", { textContent: text })),
  );
}

/** Single readings of a few series, each on the scale of its own unit's first. */
function rawChart(lines, { from, to }, at) {
  const colours = palette();
  const option = axes(from, to, colours);
  const units = [...new Set(lines.map(({ unit }) => unit))];
  const axis = option.yAxis;
  option.yAxis = units.map((unit, i) => ({ ...axis, name: unit, nameTextStyle: { color: colours.dim }, show: i < 2, position: i ? "right" : "left", splitLine: { ...axis.splitLine, show: !i } }));
  option.grid.top = 46;
  option.legend = { top: 0, left: 0, type: "scroll", icon: "roundRect", itemWidth: 10, itemHeight: 10, textStyle: { color: colours.text }, data: lines.map(({ name }) => short(name)) };
  option.series = lines.map(({ name, unit, readings }, i) => ({
    type: "line",
    name: short(name),
    yAxisIndex: units.indexOf(unit),
    data: readings.map((one) => [one.t, typeof one.value === "number" ? one.value : null]),
    color: colours.data(i + 1),
    lineStyle: { width: 1.4 },
    showSymbol: readings.length < 60,
    symbolSize: 4,
    sampling: "lttb",
  }));
  option.series.push(moment(at, colours));
  option.tooltip.valueFormatter = value;
  return option;
}

/** Without the edge: that is said beside. */
const short = (name) => name.split("/").slice(1).join("/");
