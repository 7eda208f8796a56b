import { ask } from "./api.js";
import { eventRow, identity } from "./eventrows.js";

const SHOWN = 12;

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
    this.#section.hidden = !this.#events.length;
    this.#list.replaceChildren(...this.#events.map(eventRow));
  }
}
