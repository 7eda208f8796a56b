/** Options of the charts of the explorer. */
import { axes, band, line, marks, palette, segments, tip } from "./band.js";
import { escape, time } from "./format.js";
import { gapsOf, invalidOf } from "./gaps.js";
import { MARGIN } from "./gestures.js";

/** Of more lines, bands and shaded gaps would hide each other. */
const MOST_BANDS = 4;
const MOST_SHADED = 3;

/** A window closes after a minute, and takes a little while to come. */
const ON_THE_WAY = 3 * 60_000;

/** Beyond the eight of the palette, colours are turned by the golden angle. */
export function colourOf(slot, colours, dark) {
  if (slot <= 8) return colours.data(slot);
  return `hsl(${(slot * 137.5) % 360} 62% ${dark ? 66 : 40}%)`;
}

const isDark = () => document.documentElement.dataset.theme === "dark";

/** The points that are seen, and one beyond at either side: the axis of values fits these. */
function seen(points, { from, to }) {
  const first = points.findIndex((point) => point.t + point.span > from);
  if (first < 0) return points.slice(-1);
  const behind = points.findIndex((point) => point.t > to);
  return points.slice(Math.max(0, first - 1), behind < 0 ? points.length : behind + 1);
}

/**
 * @param lines of one unit: `{series, slot, before}`
 * @param {object} how `span`, `bands`: whether from least to greatest is filled, `events` about these series, `width` in pixels, `cursor`: tells the time that is pointed at
 * @returns the option, and the stretches without good readings that are seen
 */
export function chartOf(lines, { span, bands, events, width, cursor }) {
  const colours = palette();
  const dark = isDark();
  const option = { ...axes(span.from, span.to, colours), grid: { ...MARGIN, top: 16, bottom: 26 } };
  const shown = lines.map(({ series, slot, before }) => ({ series, slot, points: seen(series.points, span), before: before && seen(before.points, span) }));
  const colour = ({ slot }) => colourOf(slot, colours, dark);
  const filled = bands && lines.length <= MOST_BANDS;
  option.xAxis.splitNumber = Math.max(3, Math.round(width / 110));
  option.series = shown.flatMap((one) => {
    const parts = segments(one.points);
    const drawn = { ...line(one.series, parts, colour(one)), lineStyle: { width: lines.length > 12 ? 1.1 : 1.7 } };
    return [...(filled ? [band(one.series, parts, colour(one), colours.band)] : []), drawn, marks(one.series, parts, colour(one))];
  });
  for (const one of shown) if (one.before) option.series.push(earlier(one, colour(one)));
  const missing = missingIn(lines, span);
  option.series.push(shading(missing, lines.length <= MOST_SHADED, colours), pins(events, colours));
  option.xAxis.axisPointer = { snap: false };
  const painted = { ...colours, data: (slot) => colourOf(slot, colours, dark) };
  // The library would tell the time of the nearest point, which may be far away where a gap is.
  option.tooltip.formatter = (hovered) => told(shown, cursor() ?? [hovered].flat()[0]?.axisValue, painted, { missing, events, span });
  return { option, missing };
}

function earlier({ series, before }, color) {
  const name = `${series.name}, a week before`;
  return { ...line({ ...series, name }, segments(before), color), z: 2, lineStyle: { width: 1.3, type: [5, 4], opacity: 0.75 } };
}

/** What just began may only be on its way. */
function isFresh({ from, to }, now) {
  return to > now - ON_THE_WAY && from > now - ON_THE_WAY;
}

/** What a mark left out is told as the mark, and not as a gap besides; whole points are left out, so the gap may be longer by one. */
function isLeftOut({ kind, from, to }, marked, point) {
  return kind === "invalid" && marked.some((one) => from >= one.from - point && to <= one.to + point);
}

/** Stretches of the lines without readings, and those that somebody marked as invalid, as far as they are seen. */
function missingIn(lines, { from, to }) {
  const within = (one) => one.to > from && one.from < to && !isFresh(one, Date.now());
  return lines.flatMap(({ series }) => {
    const marked = invalidOf(series);
    const gaps = gapsOf(series).filter((gap) => !isLeftOut(gap, marked, series.points[0]?.span ?? 0));
    return [
      ...gaps.map((one) => ({ ...one, name: series.name, invalid: false })),
      ...marked.map((one) => ({ ...one, name: series.name, invalid: true })),
    ];
  }).filter(within);
}

function shading(missing, few, colours) {
  const style = ({ invalid }) => ({ color: invalid ? colours.bad : colours.dim, opacity: invalid ? 0.14 : 0.13 });
  const shaded = missing.filter(({ invalid }) => invalid || few);
  return {
    type: "line",
    name: "gaps",
    silent: true,
    data: [],
    markArea: { silent: true, data: shaded.map((one) => [{ xAxis: one.from, itemStyle: style(one) }, { xAxis: one.to }]) },
  };
}

/** Events stand along the lower edge, where they hide no line; a click opens one. */
function pins(events, colours) {
  const tone = { alarm: colours.bad, warning: colours.warn };
  return {
    type: "custom",
    name: "events",
    z: 6,
    cursor: "pointer",
    clip: true,
    encode: { x: 0 },
    tooltip: { show: false },
    data: events.map((event) => ({ value: [event.t], event })),
    renderItem: ({ dataIndex, coordSys }, api) => {
      const [x] = api.coord([events[dataIndex].t, 0]);
      const foot = coordSys.y + coordSys.height;
      const fill = tone[events[dataIndex].severity] ?? colours.dim;
      return {
        type: "group",
        children: [
          { type: "line", shape: { x1: x, y1: coordSys.y, x2: x, y2: foot }, style: { stroke: fill, lineWidth: 1, opacity: 0.35, lineDash: [2, 4] }, silent: true },
          { type: "polygon", shape: { points: [[x - 6, foot], [x + 6, foot], [x, foot - 11]] }, style: { fill, stroke: colours.surface, lineWidth: 1 } },
        ],
      };
    },
  };
}

/** What is at the cursor; where nothing is, why; and what happened about then. */
function told(shown, at, colours, { missing, events, span }) {
  if (at === undefined) return "";
  const near = (span.to - span.from) / 100;
  const here = missing.filter(({ from, to }) => at >= from && at < to).slice(0, 5);
  const happened = events.filter(({ t }) => Math.abs(t - at) < near).slice(0, 3);
  return [
    tip(shown, at, colours),
    ...here.map(({ from, to, name, reason }) => `<div class="tip-gap"><b>${escape(name)}</b> ${escape(reason)}<small>${time(from)} to ${time(to)}</small></div>`),
    ...happened.map(({ t, message }) => `<div class="tip-gap">${escape(message)}<small>${time(t)}</small></div>`),
  ].join("");
}
