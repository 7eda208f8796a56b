/** Stretches of time, how they are moved, and which step suits them. Pure: values in, values out. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const WEEK = 7 * DAY;

/** Up to now, and going on with it. */
export const LASTS = new Map([
  ["1h", { label: "1 h", millis: HOUR }],
  ["6h", { label: "6 h", millis: 6 * HOUR }],
  ["1d", { label: "1 d", millis: DAY }],
  ["7d", { label: "7 d", millis: WEEK }],
  ["30d", { label: "30 d", millis: 30 * DAY }],
  ["90d", { label: "90 d", millis: 90 * DAY }],
  ["365d", { label: "1 y", millis: 365 * DAY }],
]);

export const USUAL = "1d";

const SHORTEST = 10 * SECOND;
const LONGEST = 10 * 365 * DAY;

/** Steps that the cloud knows, whose points people can name. */
const STEPS = [
  ["1s", SECOND],
  ["5s", 5 * SECOND],
  ["10s", 10 * SECOND],
  ["30s", 30 * SECOND],
  ["1m", MINUTE],
  ["2m", 2 * MINUTE],
  ["5m", 5 * MINUTE],
  ["10m", 10 * MINUTE],
  ["15m", 15 * MINUTE],
  ["30m", 30 * MINUTE],
  ["1h", HOUR],
  ["2h", 2 * HOUR],
  ["3h", 3 * HOUR],
  ["6h", 6 * HOUR],
  ["12h", 12 * HOUR],
  ["1d", DAY],
  ["7d", WEEK],
  ["30d", 30 * DAY],
];

/** The shortest step with at most so many points. */
export function stepFor(millis, points) {
  const [text, length] = STEPS.find(([, one]) => millis / one <= points) ?? STEPS.at(-1);
  return { text, millis: length };
}

/** What the address says: `last`, or `from` and `to` in milliseconds. */
export function read(own, now) {
  const [from, to] = [Number(own.get("from")), Number(own.get("to"))];
  if (own.get("from") && own.get("to") && Number.isFinite(from) && to - from >= SHORTEST) return { from, to, last: "" };
  return lately(LASTS.has(own.get("last")) ? own.get("last") : USUAL, now);
}

export function lately(last, now) {
  return { from: now - LASTS.get(last).millis, to: now, last };
}

/** For the address. */
export function write({ from, to, last }) {
  return last ? { last: last === USUAL ? null : last } : { from: Math.round(from), to: Math.round(to) };
}

/** By a part of its length; never further into the future than to where now is in its middle. */
export function pan({ from, to }, part, now) {
  const length = to - from;
  const by = Math.min(part * length, Math.max(0, now + length / 2 - to));
  return { from: from + by, to: to + by, last: "" };
}

/** The time at a part of its length stays where it is. */
export function zoom({ from, to }, factor, at = 0.5) {
  const length = Math.min(LONGEST, Math.max(SHORTEST, (to - from) * factor));
  const start = from + (to - from - length) * at;
  return { from: start, to: start + length, last: "" };
}

export function between(one, other) {
  const [from, to] = [Math.min(one, other), Math.max(one, other)];
  const short = Math.max(0, SHORTEST - (to - from)) / 2;
  return { from: from - short, to: to + short, last: "" };
}

/** From when to when, as short as can be told. */
export function words({ from, to }) {
  const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });
  const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...(to - from < 10 * MINUTE ? { second: "2-digit" } : {}) });
  if (to - from > 14 * DAY) return `${day.format(from)} to ${day.format(to)}`;
  const sameDay = day.format(from) === day.format(to);
  return `${day.format(from)}, ${clock.format(from)} to ${sameDay ? "" : `${day.format(to)}, `}${clock.format(to)}`;
}
