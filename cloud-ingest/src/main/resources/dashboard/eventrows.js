import { element, time } from "./format.js";
import { View } from "./state.js";

/** What the event says of itself, a line each. */
function details({ detail }) {
  return Object.entries(detail ?? {})
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");
}

/** Events of the stream have no id, but for digests. */
export function identity({ id, type, t, edge, series, message }) {
  return type === "alarm-digest" && id ? id : [type, t, edge, series, message].join("|");
}

export function eventRow(event) {
  return element(
    "li",
    { className: "event" },
    element("time", { dateTime: new Date(event.t).toISOString(), textContent: time(event.t) }),
    element("span", { className: `severity ${event.severity}`, textContent: event.severity }),
    element("span", { className: "type", textContent: event.type, title: details(event) }),
    element("span", { className: "message", textContent: event.message }),
    element("span", { className: "edge" }, where(event)),
  );
}

/** What it is about, as the way there. */
function where({ series, edge, t, detail }) {
  if (series) {
    const around = { series, from: String(t - 1_800_000), to: String(t + 1_800_000) };
    return element("a", { href: View.link("explore", around), textContent: series });
  }
  if (edge) return element("a", { href: View.link("edge", { edge }), textContent: edge });
  return detail?.site ? `site ${detail.site}` : "";
}
