/** The account of numbered frames, taken apart for people. Pure: values in, values out. */

/** What can become of a frame, the good first; each number of a lane is in exactly one of them. */
export const FATES = [
  { key: "stored", tone: "good", label: "stored", says: "in the database, once each" },
  { key: "replaced", tone: "calm", label: "replaced by coarser", says: "the edge had no room for them; their readings travel on in coarser windows" },
  { key: "waiting", tone: "wait", label: "still at the edge", says: "numbered, and not here yet: on disk there, or on their way" },
  { key: "unknown", tone: "bad", label: "unaccounted for", says: "numbered by a run of the edge for which nobody speaks any more" },
  { key: "dropped", tone: "bad", label: "dropped at the edge", says: "its disk was full, and no coarser form was left" },
  { key: "refused", tone: "bad", label: "refused", says: "they could not be read, or break a rule; kept in quarantine" },
  { key: "conflict", tone: "bad", label: "in conflict", says: "another content came under the same number" },
  { key: "lost", tone: "bad", label: "lost here", says: "acknowledged once, but this database does not have them" },
];

export const LANES = new Map([
  ["window", { label: "Windows", noun: "readings in windows", unit: "readings" }],
  ["raw", { label: "Raw readings", noun: "raw readings", unit: "readings" }],
  ["event", { label: "Events", noun: "frames of events", unit: "frames" }],
]);

const STATES = ["balanced", "open", "contested", "off"];

/** @returns for each fate how much of it there is in a lane, in the unit of that lane */
export function split(lane, unit) {
  const unknown = lane.tail === "unknown";
  const amount = (name) => lane[name]?.[unit] ?? 0;
  return {
    stored: amount("committed"),
    replaced: amount("superseded"),
    waiting: unknown ? 0 : amount("missing"),
    unknown: unknown ? amount("missing") : 0,
    dropped: amount("dropped"),
    refused: amount("refused"),
    conflict: amount("conflict"),
    lost: amount("lost"),
  };
}

/** Lanes of one kind added up: `{numbered, parts, contested, state, frames}`. */
export function add(lanes, unit) {
  const sum = { numbered: 0, contested: 0, frames: 0, state: "balanced", parts: Object.fromEntries(FATES.map(({ key }) => [key, 0])) };
  for (const lane of lanes) {
    sum.numbered += lane.announced[unit];
    sum.frames += lane.announced.frames;
    sum.contested += lane.contested.frames;
    if (STATES.indexOf(lane.state) > STATES.indexOf(sum.state)) sum.state = lane.state;
    for (const [key, amount] of Object.entries(split(lane, unit))) sum.parts[key] += amount;
  }
  return sum;
}

/** By edge, the worst first: what does not balance, then what is gone, then what is away. */
export function byEdge(lanes, unit) {
  const edges = new Map();
  for (const lane of lanes) (edges.get(lane.edge) ?? edges.set(lane.edge, []).get(lane.edge)).push(lane);
  const rows = [...edges].map(([edge, own]) => ({ edge, ...add(own, unit) }));
  return rows.sort((one, other) => badness(other) - badness(one) || one.edge.localeCompare(other.edge, "en", { numeric: true }));
}

function badness({ state, parts, contested }) {
  const gone = FATES.filter(({ tone }) => tone === "bad").reduce((sum, { key }) => sum + parts[key], 0);
  return (state === "off" ? 1e15 : 0) + (gone ? 1e12 + gone : 0) + (contested ? 1e11 : 0) + parts.waiting;
}

/** A share that never says 100 % while something is missing. */
export function share(part, whole) {
  if (!whole) return "";
  const percent = (100 * part) / whole;
  if (percent > 99.99 && part < whole) return "over 99.99 %";
  if (percent < 0.01 && part > 0) return "under 0.01 %";
  return `${percent.toLocaleString("en-US", { maximumFractionDigits: 2 })} %`;
}

/** Widths that add up to `room`, in proportion, but none that is not nothing below `least`. */
export function widths(amounts, room, least) {
  const some = amounts.filter((amount) => amount > 0);
  const whole = some.reduce((sum, amount) => sum + amount, 0);
  const small = some.filter((amount) => (amount / whole) * room < least);
  const rest = whole - small.reduce((sum, amount) => sum + amount, 0);
  const left = Math.max(0, room - small.length * least);
  return amounts.map((amount) => (amount <= 0 ? 0 : (amount / whole) * room < least ? least : (amount / rest) * left));
}
