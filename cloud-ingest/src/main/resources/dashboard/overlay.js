import { value } from "./format.js";

const urgency = (alarm, colours) => (["critical", "high"].includes(alarm.event.detail.priority) ? colours.bad : colours.warn);

/** Alarms of one urgency that overlap are one stretch: shade over shade would hide the lines. */
function stretches(alarms, from, to, colours) {
  const merged = [];
  for (const color of [colours.warn, colours.bad]) {
    const own = alarms.filter((alarm) => urgency(alarm, colours) === color).sort((one, other) => one.from - other.from);
    let open = null;
    for (const alarm of own) {
      const one = { color, from: Math.max(alarm.from, from), to: Math.min(alarm.to ?? to, to) };
      if (open && one.from <= open.to) open.to = Math.max(open.to, one.to);
      else merged.push((open = one));
    }
  }
  return merged;
}

/** From when an alarm was raised until it returned. */
export function alarmBands(alarms, from, to, colours) {
  return {
    type: "line",
    name: "alarms",
    silent: true,
    data: [],
    markArea: {
      silent: true,
      data: stretches(alarms, from, to, colours).map((one) => [{ xAxis: one.from, itemStyle: { color: one.color, opacity: 0.13 } }, { xAxis: one.to }]),
    },
  };
}

/** One for each alarm, where it was raised; a click opens it. */
export function alarmPins(alarms, from, drawn, colours) {
  return {
    type: "scatter",
    name: "alarm",
    z: 5,
    symbol: "triangle",
    symbolSize: 13,
    cursor: "pointer",
    data: alarms.filter((alarm) => alarm.from >= from).map((alarm) => ({
      value: [alarm.from, height(alarm, drawn)],
      itemStyle: { color: urgency(alarm, colours), borderColor: colours.surface, borderWidth: 1.5 },
      alarm,
    })),
  };
}

/** One for each switch of an output that the series caused; a click opens it. */
export function actionPins(actions, from, drawn, colours) {
  return {
    type: "scatter",
    name: "action",
    z: 6,
    symbol: "diamond",
    symbolSize: 10,
    // Below the alarm that may stand at the same place.
    symbolOffset: [0, 14],
    cursor: "pointer",
    data: actions.filter((action) => action.from >= from).map((action) => ({
      value: [action.from, height(action, drawn)],
      itemStyle: { color: colours.surface, borderColor: colours.text, borderWidth: 1.5 },
      alarm: action,
    })),
  };
}

/** Where on the chart the alarm was raised: at the greatest value of that window. */
function height(alarm, drawn) {
  const points = drawn.find(({ series }) => series.name === alarm.series)?.points ?? [];
  const point = points.find((one) => alarm.from >= one.t && alarm.from < one.t + one.span);
  const said = Number.parseFloat(alarm.event.detail.value);
  return point?.max ?? points.findLast((one) => one.max != null)?.max ?? (Number.isFinite(said) ? said : 0);
}

/** Draws limits, and makes the axis reach them. */
export function hold(option, limits, colours) {
  const numbers = limits.map(({ limit }) => limit);
  const room = (Math.max(...numbers) - Math.min(...numbers, 0)) * 0.06;
  option.yAxis.max = ({ max }) => (Number.isFinite(max) && max > Math.max(...numbers) + room ? null : Math.max(...numbers) + room);
  option.yAxis.min = ({ min }) => (Number.isFinite(min) && min < 0 ? null : Math.min(...numbers, 0));
  option.series.push({
    type: "line",
    name: "limits",
    silent: true,
    data: [],
    markLine: {
      silent: true,
      symbol: "none",
      lineStyle: { color: colours.bad, type: [6, 4], width: 1.3, opacity: 0.85 },
      label: { position: "insideEndTop", color: colours.dim, fontSize: 11, formatter: ({ name }) => name },
      data: limits.map(({ limit, rule }) => ({ yAxis: limit, name: `${rule} ${value(limit)}` })),
    },
  });
}

/** A line at a time. */
export function moment(at, colours) {
  return {
    type: "line",
    name: "then",
    silent: true,
    data: [],
    markLine: {
      silent: true,
      symbol: "none",
      lineStyle: { color: colours.bad, type: "solid", width: 1.5 },
      label: { show: false },
      data: [{ xAxis: at }],
    },
  };
}
