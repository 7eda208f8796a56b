import { ask } from "./api.js";
import { WEEK, stepFor } from "./timespan.js";

/** So much more than what is seen is asked for on either side, so that a pan has something to show at once. */
const MARGIN = 0.5;

/** As many pixels as a point is wide at least. */
const PIXELS = 2.5;
const MOST_POINTS = 600;

/**
 * Asks for what the explorer shows, at the step that fits. A question that is not the newest any more
 * is given up. What came last stays until something better is there.
 */
export class ExploreData {
  #asking = null;
  #question = "";
  series = [];
  before = [];
  events = [];
  unknown = [];
  resolution = "windows";
  step = null;
  span = null;

  /** Whether what is here is enough for that question. */
  #covers(span, step, names, compares) {
    const same = this.#question === JSON.stringify([names, compares, step.text]);
    return same && this.span.from <= span.from && this.span.to >= Math.min(span.to, this.span.asked);
  }

  /**
   * @param {{from: number, to: number}} span what is seen
   * @param {number} width in pixels
   * @param {boolean} force asks although everything is here: time went on
   * @returns whether something new is there; nothing is while another question took its place
   * @throws what the cloud objects to
   */
  async load(names, span, width, { compares, force = false }) {
    const length = span.to - span.from;
    const step = stepFor(length, Math.min(MOST_POINTS, Math.max(80, width / PIXELS)));
    if (!names.length) this.#forget();
    if (!names.length || (!force && this.span && this.#covers(span, step, names, compares))) return !names.length;
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    const now = Date.now();
    const asked = { from: Math.floor(span.from - MARGIN * length), to: Math.ceil(Math.min(span.to + MARGIN * length, Math.max(now + 1_000, span.to))) };
    try {
      const [data, before, { invalid }] = await Promise.all([
        ask("data", { ...question(names, asked, step), gaps: true, annotations: true }, asking.signal),
        compares ? ask("data", question(names, { from: asked.from - WEEK, to: asked.to - WEEK }, step), asking.signal) : { series: [] },
        ask("series/invalid", { from: asked.from, to: asked.to }, asking.signal),
      ]);
      this.#take({ data, before, invalid, step, asked, now });
      this.#question = JSON.stringify([names, compares, step.text]);
      return true;
    } catch (failed) {
      if (failed.name === "AbortError") return false;
      throw failed;
    } finally {
      if (this.#asking === asking) this.#asking = null;
    }
  }

  get isLoading() {
    return this.#asking !== null;
  }

  #take({ data, before, invalid, step, asked, now }) {
    this.series = data.series.map((one) => ({ ...one, invalid: invalid.filter(({ series }) => series === one.name) }));
    this.before = before.series.map((one) => ({ ...one, points: one.points.map((point) => ({ ...point, t: point.t + WEEK })) }));
    this.events = data.annotations ?? [];
    this.resolution = data.resolution;
    this.unknown = data.unknown ?? [];
    this.step = step;
    this.span = { ...asked, asked: now };
  }

  #forget() {
    this.#asking?.abort();
    this.#question = "";
    this.series = [];
    this.before = [];
    this.events = [];
    this.unknown = [];
  }
}

/** Days are those of whoever looks. */
export function question(names, { from, to }, step) {
  const days = step.millis >= 86_400_000 ? { tz: Intl.DateTimeFormat().resolvedOptions().timeZone } : {};
  return { series: names, from: Math.floor(from), to: Math.ceil(to), step: step.text, ...days };
}
