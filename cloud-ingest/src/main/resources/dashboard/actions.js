import { ask } from "./api.js";

/** What an action says of its cause: an alarm of a series, or a series beyond a threshold. */
const CAUSE = /^(?:alarm .+? of (.+)|(.+) (?:above|below) \S+)$/;

const DONE = ["action-done"];
const ALL = [...DONE, "action-differs", "action-refused"];
const MOST = 1_000;

/** The series, with its edge, that made an action switch; empty where the event does not say. */
export function causeOf({ edge, type, detail }) {
  if (!type.startsWith("action-")) return "";
  const [, alarmed, beyond] = CAUSE.exec(detail?.cause ?? "") ?? [];
  return alarmed || beyond ? `${edge}/${alarmed ?? beyond}` : "";
}

/** What was switched because of these series, the oldest first: `{series, from, event}`. */
export async function actionsOf(names, span, { refused = false } = {}, signal) {
  if (!names.length) return [];
  const edge = [...new Set(names.map((name) => name.split("/")[0]))];
  const { events } = await ask("events", { edge, type: refused ? ALL : DONE, ...span, limit: MOST }, signal);
  return events
    .map((event) => ({ series: causeOf(event), from: event.t, event: { ...event, series: causeOf(event) } }))
    .filter(({ series }) => names.includes(series))
    .reverse();
}

/** The series to look at first: that of the newest alarm that is not normal, else of the newest of the last hour. */
export async function newestAlarmed() {
  const { alarms } = await ask("alarms", { limit: MOST });
  const [newest] = alarms.filter(({ series }) => series).sort((a, b) => b.raised - a.raised);
  if (newest) return newest.series;
  const { events } = await ask("events", { type: ["alarm-raised"], from: Date.now() - 3_600_000, to: Date.now() + 1_000, limit: 1 });
  return events[0]?.series ?? "";
}
