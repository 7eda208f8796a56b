import { chartOf, colourOf } from "./exploredraw.js";
import { listen } from "./gestures.js";
import { palette } from "./band.js";
import { age, count, element, time, value } from "./parts.js";
import { stripChart } from "./states.js";

const MOST_NAMED = 24;
const MOST_GAPS = 4;

/** The chart of the series of one unit, or of states and texts. */
export class ExploreCard {
  #unit = element("h2", { className: "unit" });
  #chips = element("ul", { className: "legend-list" });
  #gaps = element("ul", { className: "gap-list" });
  #chart;
  plot = element("div", { className: "plot explore-plot", role: "img", tabIndex: 0 });

  /** @param {{pan, zoom, select, open, remove}} on what people do with it */
  constructor(key, on) {
    this.key = key;
    this.on = on;
    const head = element("div", { className: "card-head" }, this.#unit, this.#chips);
    this.node = element("article", { className: "card explore-card" }, head, this.plot, this.#gaps);
    this.node.dataset.unit = key;
    listen(this.plot, on);
  }

  /** Needs to be in the page: a chart is as wide as its place. */
  start() {
    this.#chart = echarts.init(this.plot, null, { renderer: "canvas" });
    this.#chart.group = "explore";
    echarts.connect("explore");
    this.#chart.getZr().on("mousemove", ({ offsetX }) => this.on.point(this.#chart.convertFromPixel({ xAxisIndex: 0 }, offsetX)));
    this.#chart.getZr().on("globalout", () => this.on.point(null));
    this.#chart.on("click", ({ data }) => data?.event && this.on.open(data.event));
  }

  resize() {
    this.#chart?.resize();
  }

  close() {
    this.#chart?.dispose();
    this.node.remove();
  }

  /** @param lines `{series, slot, before}`, at least one */
  draw(lines, how) {
    const states = this.key === "States";
    this.#unit.textContent = states ? "States" : this.key || "No unit";
    this.#legend(lines, how);
    if (states) {
      this.plot.style.height = `${Math.min(40, lines.length) * 46 + 44}px`;
      this.#chart.resize();
      const drawn = lines.map(({ series, slot }) => ({ series, slot, points: series.points }));
      this.#chart.setOption(stripChart(drawn, how.span.from, how.span.to), true);
      this.plot.ariaLabel = lines.map(({ series }) => `${series.name}: ${series.points.length} changes`).join("; ");
      return;
    }
    const { option, missing } = chartOf(lines, { ...how, width: this.plot.clientWidth });
    this.#chart.setOption(option, true);
    this.#missing(missing);
    this.plot.ariaLabel = lines.map(({ series }) => inWords(series, how.span)).join("; ");
  }

  #legend(lines, { span, removable }) {
    const colours = palette();
    const dark = document.documentElement.dataset.theme === "dark";
    const named = lines.slice(0, MOST_NAMED).map(({ series, slot }) => {
      const last = series.points.findLast((point) => point.t < span.to && point.t + point.span > span.from);
      const chip = element("li", { className: "chip", title: series.name }, element("span", { className: "name", textContent: series.name }));
      chip.append(element("b", { textContent: last ? value(last.mean ?? last.value) : "–" }));
      if (removable(series.name)) {
        const remove = element("button", { type: "button", textContent: "×", ariaLabel: `Remove ${series.name}` });
        remove.addEventListener("click", () => this.on.remove(series.name));
        chip.append(remove);
      }
      chip.style.setProperty("--swatch", colourOf(slot, colours, dark));
      return chip;
    });
    const more = lines.length - named.length;
    this.#chips.replaceChildren(...named, ...(more > 0 ? [element("li", { className: "note", textContent: `and ${count(more)} more` })] : []));
  }

  /** The longest gaps in words, for whoever sees no shades. */
  #missing(missing) {
    const longest = [...missing].sort((one, other) => other.to - other.from - (one.to - one.from)).slice(0, MOST_GAPS);
    const words = ({ name, from, to, reason, invalid }) => {
      const where = element("span", { textContent: name });
      return element("li", { className: invalid ? "invalid" : "" }, where, ` ${reason}, ${age(to - from)} from ${time(from)}`);
    };
    const more = missing.length - longest.length;
    this.#gaps.replaceChildren(...longest.map(words), ...(more > 0 ? [element("li", { textContent: `and ${count(more)} shorter ones` })] : []));
    this.#gaps.hidden = !missing.length;
  }
}

function inWords({ name, unit, points }, { from, to }) {
  const here = points.filter((point) => point.t + point.span > from && point.t < to);
  if (!here.length) return `${name}: nothing in this time`;
  const low = Math.min(...here.map(({ min }) => min ?? Infinity));
  const high = Math.max(...here.map(({ max }) => max ?? -Infinity));
  return `${name}: ${here.length} points, from ${value(low)} to ${value(high)} ${unit}`;
}
