import { ask } from "./api.js";
import { element, time } from "./format.js";

const SHOWN = 12;

/** What the event says of itself, a line each. */
function details({ detail }) {
  return Object.entries(detail ?? {})
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");
}

/** What happened lately, newest first; absent as long as nothing did. */
export class Events {
  #list = document.getElementById("events");
  #section = document.getElementById("events-section");
  #events = [];

  async refresh() {
    this.#events = (await ask("events", { limit: SHOWN })).events;
    this.#draw();
  }

  heard(items) {
    // A digest that grew takes the place of what it was.
    const ids = new Set(items.map((item) => item.id).filter(Boolean));
    this.#events = [...items, ...this.#events.filter(({ id }) => !ids.has(id))].sort((a, b) => b.t - a.t).slice(0, SHOWN);
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
