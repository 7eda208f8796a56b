import { count, escape, time, value } from "./format.js";
import { actionPins, alarmBands, alarmPins, hold, moment } from "./overlay.js";

/** A tooltip that tells of more lines would hide the chart. */
const MOST_TOLD = 14;

/** So many marks of quality hide nothing. */
const MOST_MARKS = 12;

/** What the style sheet says now, for a chart that draws on a canvas. */
export function palette() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  return {
    text: read("--text"),
    dim: read("--dim"),
    grid: read("--grid"),
    line: read("--line"),
    surface: read("--surface"),
    bad: read("--bad"),
    warn: read("--warn"),
    band: Number(read("--band")),
    data: (slot) => read(`--data-${((slot - 1) % 8) + 1}`),
  };
}

const middle = (point) => point.t + point.span / 2;

/**
 * Cuts points where readings are missing. How far apart points usually are tells a gap from a sensor
 * that simply speaks less often than once a window.
 */
export function segments(points) {
  const valued = points.filter((point) => point.mean !== null);
  const distances = valued.slice(1).map((point, i) => middle(point) - middle(valued[i])).sort((a, b) => a - b);
  const usual = distances[Math.floor(distances.length * 0.9)] ?? 0;
  const parts = [];
  valued.forEach((point, i) => {
    const before = valued[i - 1];
    const torn = before && middle(point) - middle(before) > 1.5 * Math.max(usual, (before.span + point.span) / 2);
    if (!before || torn) parts.push([]);
    parts.at(-1).push(point);
  });
  return parts;
}

export function line(series, parts, colour) {
  const data = [];
  for (const part of parts) {
    if (data.length) data.push([part[0].t - 1, null]);
    for (const point of part) data.push([middle(point), point.mean]);
  }
  return {
    type: "line",
    name: series.name,
    data,
    // Said, because the library complains of its own default where it draws the point at the cursor.
    zlevel: 0,
    z: 3,
    color: colour,
    lineStyle: { width: 1.8 },
    connectNulls: false,
    emphasis: { disabled: true },
    symbol: "circle",
    showSymbol: false,
    silent: true,
  };
}

/** Points that a line does not show: those that stand alone, and those of another quality than good, as rings. */
export function marks(series, parts, colour) {
  const points = parts.flat();
  const odd = points.filter(({ quality }) => quality !== "good");
  // Where most points are odd, a mark at each would hide the line; the tooltip tells of them.
  const told = odd.length <= Math.max(MOST_MARKS, points.length / 4) ? odd : [];
  const alone = parts.filter((part) => part.length === 1).map(([point]) => point);
  return {
    type: "scatter",
    name: series.name,
    z: 4,
    color: colour,
    symbolSize: points.length > 150 ? 4 : 5,
    emphasis: { disabled: true },
    silent: true,
    tooltip: { show: false },
    data: [...new Set([...alone, ...told])].map((point) => ({
      value: [middle(point), point.mean],
      symbol: point.quality === "good" ? "circle" : "emptyCircle",
    })),
  };
}

/** The stretch from least to greatest, one shape for each part without a gap. */
export function band(series, parts, colour, opacity) {
  return {
    type: "custom",
    name: series.name,
    z: 2,
    clip: true,
    silent: true,
    tooltip: { show: false },
    encode: { x: [0, 1], y: [2, 3] },
    data: parts.map((part) => [
      middle(part[0]),
      middle(part.at(-1)),
      Math.min(...part.map((point) => point.min)),
      Math.max(...part.map((point) => point.max)),
    ]),
    renderItem: (params, api) => {
      const part = parts[params.dataIndex];
      const edge = part.length === 1 ? part[0].span / 2 : 0;
      const top = part.flatMap((p) => (edge ? [[p.t, p.max], [p.t + p.span, p.max]] : [[middle(p), p.max]]));
      const bottom = part.flatMap((p) => (edge ? [[p.t, p.min], [p.t + p.span, p.min]] : [[middle(p), p.min]]));
      const points = [...top, ...bottom.reverse()].map((corner) => api.coord(corner));
      return { type: "polygon", shape: { points }, style: { fill: colour, opacity } };
    },
  };
}

export function axes(from, to, colours) {
  const label = { color: colours.dim, fontSize: 11 };
  return {
    animation: false,
    textStyle: { fontFamily: "inherit" },
    grid: { left: 12, right: 16, top: 16, bottom: 10, containLabel: true },
    xAxis: {
      type: "time",
      min: from,
      max: to,
      axisLabel: { ...label, hideOverlap: true, formatter: { day: "{d} {MMM}", hour: "{HH}:{mm}", minute: "{HH}:{mm}" } },
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { show: false },
      splitLine: { show: false },
    },
    yAxis: {
      type: "value",
      scale: true,
      boundaryGap: ["6%", "6%"],
      splitNumber: 4,
      axisLabel: { ...label, formatter: (number) => value(number) },
      splitLine: { lineStyle: { color: colours.grid } },
    },
    tooltip: {
      trigger: "axis",
      confine: true,
      backgroundColor: colours.surface,
      borderColor: colours.line,
      padding: [8, 12],
      extraCssText: "border-radius:10px;box-shadow:0 6px 24px rgb(0 0 0/18%)",
      axisPointer: { type: "line", lineStyle: { color: colours.dim, type: [4, 4] }, label: { show: false } },
    },
  };
}

/**
 * The chart of series that share a unit.
 *
 * @param {object} extras `alarms`: stretches of time to mark; `actions`: what they switched; `limits`: lines to draw, which the axis
 *   then holds; `at`: a time to mark; `linked`: where this chart stands to another
 *   one, `above` or `below`
 */
export function bandChart(drawn, from, to, { alarms = [], actions = [], limits = [], at, linked } = {}) {
  const colours = palette();
  const option = axes(from, to, colours);
  option.series = drawn.flatMap(({ series, slot, points }) => {
    const parts = segments(points);
    return [
      band(series, parts, colours.data(slot), colours.band),
      line(series, parts, colours.data(slot)),
      marks(series, parts, colours.data(slot)),
    ];
  });
  if (alarms.length) option.series.push(alarmBands(alarms, from, to, colours), alarmPins(alarms, from, drawn, colours));
  if (actions.length) option.series.push(actionPins(actions, from, drawn, colours));
  if (linked === "below") option.yAxis.splitNumber = 2;
  if (limits.length) hold(option, limits, colours);
  if (at !== undefined) option.series.push(moment(at, colours));
  // Charts whose times shall stand above each other have the same margins, whatever their numbers.
  if (linked) option.grid = { ...option.grid, left: 58, bottom: 26, containLabel: false };
  option.tooltip.formatter = (hovered) => tip(drawn, [hovered].flat()[0]?.axisValue, colours);
  return option;
}

/** What lines are at a time. */
export function tip(drawn, at, colours) {
  if (at === undefined) return "";
  const there = drawn.flatMap((one) => {
    const point = one.points.find((p) => at >= p.t && at < p.t + p.span);
    return point ? [{ ...one, point }] : [];
  });
  const rows = there.slice(0, MOST_TOLD).map(({ series, slot, point }) => {
    const unit = series.unit ? ` ${escape(series.unit)}` : "";
    const odd = point.quality === "good" ? "" : `, ${escape(point.quality)}`;
    return `<div class="tip-row"><i style="background:${colours.data(slot)}"></i><span>${escape(series.name)}</span>
      <b>${value(point.mean)}${unit}</b>
      <small>${value(point.min)} to ${value(point.max)}, ${count(point.count)} readings${odd}</small></div>`;
  });
  const more = there.length > rows.length ? `<small>and ${count(there.length - rows.length)} more</small>` : "";
  return `<div class="tip"><time>${time(at)}</time>${rows.join("")}${more}</div>`;
}
