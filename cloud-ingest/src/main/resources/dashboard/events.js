import { ask } from "./api.js";
import { element, time } from "./format.js";

const SHOWN = 12;

/** What the event says of itself, a line each. */
function details({ detail }) {
  return Object.entries(detail ?? {})
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");
}

/** Events of the stream have no id, but for digests. */
function identity({ id, type, t, edge, series, message }) {
  return type === "alarm-digest" && id ? id : [type, t, edge, series, message].join("|");
}

/** What happened lately, newest first; absent as long as nothing did. */
export class Events {
  #list = document.getElementById("events");
  #section = document.getElementById("events-section");
  #events = [];
  #meanwhile = [];

  async refresh() {
    this.#meanwhile = [];
    this.#events = (await ask("events", { limit: SHOWN })).events;
    this.heard(this.#meanwhile);
  }

  heard(items) {
    this.#meanwhile = [...this.#meanwhile, ...items].slice(-SHOWN);
    // A digest that grew takes the place of what it was.
    const told = new Set(items.map(identity));
    this.#events = [...items, ...this.#events.filter((event) => !told.has(identity(event)))].sort((a, b) => b.t - a.t).slice(0, SHOWN);
    this.#draw();
  }

  #draw() {
    this.#section.hidden = !this.#events.length;
    this.#list.replaceChildren(
      ...this.#events.map((event) =>
        element(
          "li",
          { className: "event" },
          element("time", { dateTime: new Date(event.t).toISOString(), textContent: time(event.t) }),
          element("span", { className: `severity ${event.severity}`, textContent: event.severity }),
          element("span", { className: "type", textContent: event.type, title: details(event) }),
          element("span", { className: "message", textContent: event.message }),
          element("span", { className: "edge", textContent: event.series || event.edge || (event.detail.site ? `site ${event.detail.site}` : "") }),
        ),
      ),
    );
  }
}
