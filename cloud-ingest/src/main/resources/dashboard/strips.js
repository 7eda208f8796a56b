import { axes, palette } from "./band.js";
import { value } from "./format.js";
import { hold, moment } from "./overlay.js";

/** How high a chart of one unit is, with its legend. */
export const STRIP = 150;

const SCORES = " scores";
const LEGEND = 30;

/** Without the edge: that is said beside. */
export const short = (name) => name.split("/").slice(1).join("/");

/** Lines that share a scale: those of a unit, each by itself without one, and scores at the end. */
export function strips(lines, event, isScore) {
  const groups = new Map();
  for (const line of lines) {
    const key = isScore(line.name) ? SCORES : line.unit || line.name;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  const last = [...groups].sort(([one], [other]) => Number(one === SCORES) - Number(other === SCORES));
  return last.map(([key, members]) => ({
    unit: key === SCORES ? "" : (members[0].unit ?? ""),
    lines: members,
    limits: members.some(({ name }) => name === event.series) ? limits(event.detail) : [],
  }));
}

function limits({ condition = "", limit, rule }) {
  const at = Number(limit);
  return condition.startsWith("limit-") && Number.isFinite(at) ? [{ limit: at, rule }] : [];
}

/** The charts below each other, on one axis of time. */
export function stripsChart(groups, { from, to }, at) {
  const colours = palette();
  const option = axes(from, to, colours);
  const parts = groups.map((group, i) => strip(group, i, axes(from, to, colours), at, colours));
  option.grid = parts.map(({ grid }) => grid);
  option.xAxis = parts.map(({ xAxis }, i) => ({ ...xAxis, axisLabel: { ...xAxis.axisLabel, show: i === parts.length - 1 } }));
  option.yAxis = parts.map(({ yAxis }) => yAxis);
  option.legend = parts.map(({ legend }) => legend);
  let colour = 0;
  option.series = parts.flatMap(({ series }) => series).map((one) => (one.color ? { ...one, color: colours.data(++colour) } : one));
  option.axisPointer = { link: [{ xAxisIndex: "all" }] };
  option.tooltip.valueFormatter = value;
  return option;
}

function strip({ unit, lines, limits: held }, i, { xAxis, yAxis }, at, colours) {
  const part = { xAxis: { ...xAxis, gridIndex: i }, yAxis: { ...yAxis, gridIndex: i, splitNumber: 2 }, series: [] };
  part.series = lines.map((line) => drawn(line, unit));
  if (held.length) hold(part, held, colours);
  part.series.push(moment(at, colours));
  part.series = part.series.map((one) => ({ ...one, xAxisIndex: i, yAxisIndex: i }));
  part.grid = { left: 58, right: 16, top: i * STRIP + LEGEND, height: STRIP - LEGEND - 14 };
  part.legend = {
    top: i * STRIP,
    left: 0,
    type: "scroll",
    icon: "roundRect",
    itemWidth: 10,
    itemHeight: 10,
    textStyle: { color: colours.text },
    data: lines.map((line) => label(line, unit)),
  };
  return part;
}

const label = ({ name }, unit) => (unit ? `${short(name)} (${unit})` : short(name));

/** Its colour is given where all are known. */
function drawn(line, unit) {
  const { readings } = line;
  return {
    type: "line",
    name: label(line, unit),
    data: readings.map((one) => [one.t, typeof one.value === "number" ? one.value : null]),
    color: "given later",
    lineStyle: { width: 1.4 },
    showSymbol: readings.length < 60,
    symbolSize: 4,
    sampling: "lttb",
  };
}
