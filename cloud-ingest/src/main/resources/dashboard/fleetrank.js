/** How an edge does, in words and as a number to sort by. Pure: values in, values out. */
import { age, bytes, shortCount } from "./format.js";

/** An edge delivers a window a minute, and a little later. */
const LATE = 3 * 60_000;

/** A window that ends so far ahead of the cloud's time comes from a clock that is ahead. */
const AHEAD = 30_000;

/** A clock that differs from the cloud's by more than that is worth a word; in seconds. */
const OFF = 5;

/** Of a disk that is fuller than that somebody should know. */
const FULL = 0.9;

/** An edge says how it is once a minute; what is older says little. */
const SILENT = 5 * 60_000;

const GONE_WRONG = new Set(["rejected", "failed", "rolled-back"]);

export const LEVELS = ["bad", "warn", "good", "new"];

/**
 * @param edge as `/edges` tells of it
 * @param deployed the same edge in `/fleet`, or nothing
 * @param alarms of it that nobody acknowledged
 * @param now the cloud's time
 * @returns the edge, with `lag`, `reasons`, `level` and `rank`, the worst greatest
 */
export function judge(edge, deployed, alarms, now) {
  const lag = edge.lastWindow === null ? null : now - edge.lastWindow;
  const slots = deployed?.slots ?? [];
  const judged = { ...edge, lag, alarms, slots, models: models(slots) };
  const reasons = [...trouble(judged, deployed), ...(edge.health ? health(edge, now) : [])].sort((one, other) => other.weight - one.weight);
  const worst = reasons.length ? Math.max(...reasons.map(({ weight }) => weight)) : 0;
  const isNew = worst === 0 && (edge.lastWindow === null || isUnheard(edge));
  const level = isNew ? "new" : worst >= 500 ? "bad" : worst > 0 ? "warn" : "good";
  const rank = worst * 1e6 + Math.min(999_999, edge.pending.frames) + reasons.length / 100;
  return { ...judged, reasons, level, rank, text: text(judged) };
}

/** Nothing but history was brought in of it, or it is only expected. */
function isUnheard({ onlineSince, lastHello }) {
  return onlineSince === null && lastHello === null;
}

function* trouble(edge, deployed) {
  if (isUnheard(edge)) yield { kind: "new", weight: 0, words: `never connected${edge.lastFrame === null ? "" : ": its readings were imported"}` };
  else if (!edge.online) yield { kind: "offline", weight: 900, words: "offline" };
  if (deployed?.conflict) yield { kind: "risk", weight: 700, words: "follows another cloud's document" };
  if (edge.lag !== null && edge.lag < -AHEAD) yield { kind: "clock", weight: 600, words: `its clock is ${age(-edge.lag)} ahead` };
  if (edge.online && edge.lag > LATE) yield { kind: "late", weight: 500, words: `no window for ${age(edge.lag)}` };
  if (edge.pending.frames) yield { kind: "behind", weight: 400, words: `${shortCount(edge.pending.readings)} readings behind` };
  if (edge.promise === "off") yield { kind: "risk", weight: 300, words: "promise off: acknowledges before the sync" };
  if (deployed?.refusal) yield { kind: "risk", weight: 250, words: `refuses its document: ${deployed.refusal}` };
  for (const { slot, state, detail } of edge.slots) {
    if (GONE_WRONG.has(state)) yield { kind: "risk", weight: 200, words: `${slot} ${state}${detail ? `: ${detail}` : ""}` };
  }
  if (edge.alarms) yield { kind: "alarms", weight: 100, words: `${edge.alarms} ${edge.alarms === 1 ? "alarm waits" : "alarms wait"}` };
}

/** What it said of itself last. */
function* health({ health: said, lastReport, online }, now) {
  if (online && lastReport !== null && now - lastReport > SILENT) {
    yield { kind: "risk", weight: 150, words: `said nothing of itself for ${age(now - lastReport)}` };
  }
  if (said.journal && said.journal !== "ok") yield { kind: "risk", weight: 650, words: `cannot acknowledge: ${said.journal}` };
  if (said.clockBelieved === false) yield { kind: "clock", weight: 350, words: "does not believe its clock" };
  const offset = said.offsetSeconds ?? 0;
  if (Math.abs(offset) > OFF) yield { kind: "clock", weight: 340, words: `its clock is ${age(1_000 * Math.abs(offset))} ${offset > 0 ? "ahead" : "behind"}` };
  if (said.maxBytes > 0 && said.usedBytes / said.maxBytes > FULL) {
    yield { kind: "risk", weight: 320, words: `its disk is ${Math.round((100 * said.usedBytes) / said.maxBytes)} % full` };
  }
  if (said.dropped > 0) yield { kind: "risk", weight: 120, words: `dropped ${shortCount(said.dropped)} readings in its life` };
}

/** How far its clock is from the cloud's, as far as it knows. */
export function clock({ health: said }) {
  if (!said) return "–";
  if (said.clockBelieved === false) return "not believed";
  const offset = said.offsetSeconds;
  if (offset === undefined) return "believed";
  return Math.abs(offset) < 1 ? "right" : `${offset > 0 ? "+" : "−"}${age(1_000 * Math.abs(offset))}`;
}

/** What waits there, by what the edge says of its disk; else by the numbers that are missing here. */
export function backlog({ health: said, pending }) {
  const waiting = Object.values(said?.backlogBytes ?? {}).reduce((sum, one) => sum + one, 0);
  const words = [pending.readings && `${shortCount(pending.readings)} readings`, waiting && bytes(waiting)].filter(Boolean);
  return words.join(", ") || "none";
}

function models(slots) {
  return slots.filter(({ model, state }) => model && ["active", "shadow"].includes(state)).map(({ model, version }) => `${model} ${version}`);
}

/** What a search finds it by. */
function text({ name, site, software, labels, models: running }) {
  const labelled = Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`);
  return [name, site, software, ...labelled, ...running].join(" ").toLowerCase();
}

/** What can be asked for: a word, and which edges it means. */
export const KINDS = new Map([
  ["all", { label: "All", has: () => true }],
  ["offline", { label: "Offline", has: (edge) => !edge.online }],
  ["behind", { label: "Behind", has: (edge) => edge.pending.frames > 0 }],
  ["late", { label: "Late", has: (edge) => edge.reasons.some(({ kind }) => kind === "late") }],
  ["risk", { label: "At risk", has: (edge) => edge.reasons.some(({ kind }) => ["risk", "clock"].includes(kind)) }],
  ["alarms", { label: "Alarms", has: (edge) => edge.alarms > 0 }],
]);

const byName = (one, other) => one.name.localeCompare(other.name, "en", { numeric: true });

export const ORDERS = new Map([
  ["worst", { label: "worst first", by: (one, other) => other.rank - one.rank || byName(one, other) }],
  ["name", { label: "name", by: byName }],
  ["backlog", { label: "backlog", by: (one, other) => other.pending.readings - one.pending.readings || byName(one, other) }],
  ["lag", { label: "lag", by: (one, other) => (other.lag ?? -1) - (one.lag ?? -1) || byName(one, other) }],
  ["software", { label: "software", by: (one, other) => one.software.localeCompare(other.software, "en", { numeric: true }) || byName(one, other) }],
]);

/** Edges by site; the site with the worst edge first, or by name where edges are sorted by that. */
export function sites(edges, order) {
  const sorted = [...edges].sort(ORDERS.get(order).by);
  const found = new Map();
  for (const edge of sorted) (found.get(edge.site) ?? found.set(edge.site, []).get(edge.site)).push(edge);
  const all = [...found].map(([name, members]) => ({ name, edges: members }));
  return order === "name" ? all.sort((one, other) => one.name.localeCompare(other.name, "en", { numeric: true })) : all;
}
