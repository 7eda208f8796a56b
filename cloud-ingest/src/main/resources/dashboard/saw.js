import { actionsOf } from "./actions.js";
import { ask } from "./api.js";
import { element, time, value } from "./format.js";
import { deviceOf } from "./scores.js";
import { STRIP, short, strips, stripsChart } from "./strips.js";

const AROUND = 5 * 60_000;
const MOST_LINES = 6;

/** What an edge sends takes this long at most, as a rule. */
const ON_THE_WAY = 30_000;
const ACTED = 3_600_000;
const MOST_ACTIONS = 6;

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
  #done = document.getElementById("saw-done");
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
    this.#done.hidden = true;
    if (!this.#dialog.open) this.#dialog.showModal();
    try {
      const { signal } = this.#asking;
      await Promise.all([this.#show(event, signal), this.#tellActions(event, signal)]);
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
    const single = raw.series.filter(({ readings }) => readings.some((one) => typeof one.value === "number"));
    const others = series.filter((name) => !single.some((one) => one.name === name));
    const means = others.length ? await this.#means(others, span, signal) : [];
    this.#say(words(single, means, span), [...single, ...means], span, event);
  }

  /** What was switched, or should have been, in the time after an alarm. */
  async #tellActions(event, signal) {
    if (!event.series || !event.type.startsWith("alarm-")) return;
    const after = { from: event.t - 1_000, to: event.t + ACTED };
    const actions = await actionsOf([event.series], after, { refused: true }, signal);
    const lines = actions.slice(0, MOST_ACTIONS).map((action) => element("li", { textContent: `${time(action.from)} ${action.event.message}` }));
    this.#done.replaceChildren(element("strong", { textContent: "What was done" }), element("ol", {}, ...lines));
    this.#done.hidden = !lines.length;
  }

  /** What is known of series that sent no single readings. */
  async #means(series, span, signal) {
    const { series: found } = await ask("data", { ...span, series }, signal);
    const lines = found.map(({ name, unit, points }) => ({ name, unit, readings: points.filter((point) => point.mean != null).map(middle) }));
    return lines.filter(({ readings }) => readings.length);
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

  #say(note, lines, span, event) {
    const shown = lines.slice(0, MOST_LINES);
    this.#note.textContent = note;
    this.#plot.hidden = !shown.length;
    if (!shown.length) return;
    this.#plot.ariaLabel = shown.map(({ name, readings }) => `${name}: ${readings.length} values`).join("; ");
    const groups = strips(shown, event, (name) => this.scores.isScore(name));
    this.#plot.style.height = `${groups.length * STRIP + 34}px`;
    this.#plot.dataset.strips = String(groups.length);
    this.#chart ??= echarts.init(this.#plot, null, { renderer: "canvas" });
    this.#draw = () => this.#chart?.setOption(stripsChart(groups, span, event.t), true);
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

/** What the lines are made of. */
function words(single, means, { from, to }) {
  const count = single.reduce((sum, { readings }) => sum + readings.length, 0);
  const some = single.length ? [`${count} readings from ${time(from)} to ${time(to)}.`] : [];
  const rest = means.map(({ name }) => short(name)).join(", ");
  const soon = Date.now() < to + ON_THE_WAY;
  const wait = `Where the edge sends the readings around an alarm, they come at about ${time(to)}.`;
  if (rest) some.push(`Of ${rest} no single readings ${soon ? "are here yet" : "of that time came"}: these are the means of the windows.`);
  else if (!single.length) some.push(soon ? "Nothing of that time is here yet." : "Nothing of that time came.");
  return [...some, ...(soon && (rest || !single.length) ? [wait] : [])].join(" ");
}

function facts(event) {
  const said = Object.entries(event.detail).filter(([name, text]) => text && !UNSAID.has(name));
  const known = said.map(([name, text]) => [name, Number.isFinite(Number(text)) ? value(Number(text)) : text]);
  return [["when", time(event.t)], ["series", event.series || event.edge], ...known].map(([name, text]) =>
    element("div", {}, element("dt", { textContent: name }), element("dd", { textContent: text })),
  );
}

/** A window as the reading that its mean would be. */
const middle = (point) => ({ t: point.t + point.span / 2, value: point.mean });
