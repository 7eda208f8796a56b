import { actionsOf } from "./actions.js";
import { ask } from "./api.js";
import { count, element, time } from "./format.js";

const MOST = 1_000;
const SHOWN = 6;
const OPEN = new Set(["unacknowledged", "acknowledged"]);

/**
 * The alarms of the series that are drawn: each from when it was raised until it returned, and the
 * limits that they watch.
 */
export class Marks {
  #spans = [];
  #actions = [];
  #limits = new Map();

  /** @param {string[]} names of series */
  async load(names, from) {
    if (!names.length) {
      this.#spans = [];
      this.#actions = [];
      return;
    }
    const types = ["alarm-raised", "alarm-returned", "alarm-removed"];
    const [{ events }, { alarms }, actions] = await Promise.all([
      ask("events", { series: names, type: types, late: true, from, to: Date.now() + 1_000, limit: MOST }),
      ask("alarms", { all: true, late: true, edge: [...new Set(names.map((name) => name.split("/")[0]))] }),
      actionsOf(names, { from, to: Date.now() + 1_000 }),
    ]);
    const own = alarms.filter(({ series }) => names.includes(series));
    this.#spans = spans(events, own, from);
    this.#limits = limits(own);
    this.#actions = actions;
  }

  /** Of one series, the oldest first. */
  of(name) {
    return this.#spans.filter(({ series }) => series === name);
  }

  /** What was switched because of it, the oldest first. */
  actions(name) {
    return this.#actions.filter(({ series }) => series === name);
  }

  /** What its alarms are raised at: `{limit, rule}`. */
  limits(name) {
    return this.#limits.get(name) ?? [];
  }
}

/** From single events to stretches of time; one that began before is cut at the left. */
function spans(events, alarms, left) {
  const open = new Map();
  const done = [];
  for (const event of [...events].reverse()) {
    const id = `${event.edge}:${event.detail.alarm}`;
    const before = open.get(id);
    if (event.type === "alarm-raised") {
      if (!before) open.set(id, { id, series: event.series, from: event.t, event });
    } else if (before) {
      open.delete(id);
      done.push({ ...before, to: event.t });
    } else {
      // Its end is seen, its beginning is further back.
      const from = Math.min(event.t, Number(event.detail.raised) || left);
      done.push({ id, series: event.series, from, to: event.t, event });
    }
  }
  for (const alarm of alarms) {
    if (!OPEN.has(alarm.state) || open.has(alarm.id) || done.some(({ id, to }) => id === alarm.id && to >= alarm.t)) continue;
    open.set(alarm.id, { id: alarm.id, series: alarm.series, from: alarm.raised, event: asEvent(alarm) });
  }
  return [...done, ...open.values()].sort((a, b) => a.from - b.from);
}

/** An alarm as the event that raised it. */
export function asEvent(alarm) {
  const { id, edge, series, message, rule, condition, limit, value, priority, state, raised } = alarm;
  const detail = { alarm: id.slice(edge.length + 1), rule, condition, limit, value, priority, state, raised: String(raised) };
  return { t: raised, edge, series, type: "alarm-raised", severity: priority === "low" ? "warning" : "alarm", message, detail };
}

function limits(alarms) {
  const found = new Map();
  for (const { series, condition, limit, rule } of alarms) {
    const number = Number(limit);
    if (!condition.startsWith("limit-") || !Number.isFinite(number)) continue;
    found.set(series, [...(found.get(series) ?? []), { limit: number, rule }]);
  }
  return found;
}

/** The newest of them, for whoever cannot point at a mark in the chart. */
export function alarmButtons(alarms, onOpen) {
  const shown = alarms.slice(-SHOWN).reverse();
  const buttons = shown.map((alarm) => {
    const { rule, priority } = alarm.event.detail;
    const until = alarm.to ? "" : ", stands";
    const button = element("button", {
      type: "button",
      className: `alarm-mark ${priority}`,
      textContent: `${rule} ${time(alarm.from)}${until}`,
      title: alarm.event.message,
    });
    button.addEventListener("click", () => onOpen(alarm.event));
    return button;
  });
  const more = alarms.length - shown.length;
  return more > 0 ? [...buttons, element("span", { className: "note", textContent: `and ${count(more)} before` })] : buttons;
}
