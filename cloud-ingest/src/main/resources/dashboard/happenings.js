import { alarmRow, digestRow, waits } from "./alarmrows.js";
import { ask } from "./api.js";
import { eventRow } from "./eventrows.js";
import { button, choices, count, element, page, refill, searchField, select } from "./parts.js";

const PAGE = 100;
const ALARMS = 200;
const DAY = 86_400_000;

const SEVERITIES = [["all", "All"], ["warning", "Warnings"], ["alarm", "Alarms"]];
const MEANT = { all: [], warning: ["warning", "alarm"], alarm: ["alarm"] };
const SPANS = [["1", "a day"], ["7", "a week"], ["31", "a month"], ["0", "ever"]];

/** Alarms that stand, with their acknowledgement, and below everything that happened; both filtered. */
export class Happenings {
  title = "Events";
  every = 15_000;
  #events = [];
  #alarms = { alarms: [], digests: [], now: Date.now() };
  #asked = "";
  #ended = false;
  #alarmList = element("ol", { className: "alarm-list" });
  #alarmCount = element("span", { className: "count" });
  #eventList = element("ol", { className: "event-list" });
  #note = element("p", { className: "note", role: "status" });
  #more = button("Show older ones", () => this.#older().catch((failed) => this.#say(failed)));
  #search;
  #edge;
  #severity;
  #span;
  #open;

  /** @param {{open: Function, acknowledge: object}} ways what is done with an alarm */
  constructor(view, ways) {
    this.view = view;
    this.ways = ways;
    this.#search = searchField("Find by type, series or words", "Type, series, words", (q) => this.#tell({ q }));
    this.#edge = searchField("Only of this edge", "Edge", (edge) => this.#tell({ edge }), false);
    this.#severity = choices("Severity", SEVERITIES, (severity) => this.#tell({ severity }));
    this.#span = select("Since", SPANS, (days) => this.#tell({ days }));
    this.#open = element("input", { type: "checkbox" });
    this.#open.addEventListener("change", () => this.#tell({ open: this.#open.checked ? "1" : "" }));
    const waiting = element("label", { className: "check" }, this.#open, "only alarms that wait for an answer");
    const tools = element("div", { className: "filters" }, this.#search.node, this.#edge.node, this.#severity.node, this.#span.node, waiting);
    const alarms = element("section", { className: "alarms", ariaLabel: "Alarms" }, element("h2", { textContent: "Alarms " }, this.#alarmCount), this.#alarmList);
    const events = element("section", { className: "events", ariaLabel: "Events" }, element("h2", { textContent: "What happened" }), this.#eventList, this.#note, this.#more);
    this.node = page("events-page", "Events and alarms", tools, alarms, events);
  }

  focusSearch() {
    this.#search.focus();
  }

  turned(isNew) {
    const own = this.view.own("events");
    this.#search.set(own.get("q") ?? "");
    this.#edge.set(own.get("edge") ?? "");
    this.#severity.set(MEANT[own.get("severity")] ? own.get("severity") : "all");
    this.#span.set(SPANS.some(([days]) => days === own.get("days")) ? own.get("days") : "7");
    this.#open.checked = own.get("open") === "1";
    if (this.#asked && !isNew) this.refresh().catch((failed) => this.#say(failed));
  }

  /** Looks at what is newest; what was loaded of older ones stays. */
  async refresh() {
    const wanted = JSON.stringify(this.#filter());
    const [{ events }, alarms] = await Promise.all([ask("events", { ...this.#filter(), limit: PAGE }), ask("alarms", { ...this.#ofEdge(), limit: ALARMS })]);
    if (wanted !== JSON.stringify(this.#filter())) return;
    if (wanted !== this.#asked) {
      this.#events = [];
      this.#ended = events.length < PAGE;
    }
    this.#asked = wanted;
    this.#alarms = alarms;
    this.#take(events);
    this.#draw();
  }

  /** Something happened: what it is, the server knows; what is told twice has the same id there. */
  heard() {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      if (!this.node.hidden) this.refresh().catch(() => {});
    }, 500);
  }

  /** Times are not unique, so the page behind begins with the last time of this one. */
  async #older() {
    const last = this.#events.at(-1);
    const { events } = await ask("events", { ...this.#filter(), to: last.t + 1, limit: PAGE });
    const before = this.#events.length;
    this.#take(events);
    this.#ended = events.length < PAGE || this.#events.length === before;
    this.#draw();
  }

  #take(events) {
    const known = new Map(this.#events.map((event) => [event.id, event]));
    for (const event of events) known.set(event.id, event);
    this.#events = [...known.values()].sort((one, other) => other.t - one.t);
  }

  #ofEdge() {
    return this.#edge.value ? { edge: this.#edge.value } : {};
  }

  #filter() {
    const days = Number(this.#span.value);
    // Whole hours, so that the same question stays the same for a while.
    const from = days ? { from: Math.floor((Date.now() - days * DAY) / 3_600_000) * 3_600_000 } : {};
    return { ...this.#ofEdge(), ...from, severity: MEANT[this.#severity.value] };
  }

  #tell(changed) {
    const wanted = { q: this.#search.value, edge: this.#edge.value, severity: this.#severity.value, days: this.#span.value, open: this.#open.checked ? "1" : "", ...changed };
    this.view.tell("events", { ...wanted, severity: wanted.severity === "all" ? null : wanted.severity, days: wanted.days === "7" ? null : wanted.days });
  }

  #say(failed) {
    this.#note.hidden = false;
    this.#note.textContent = `The events could not be read: ${failed.message}`;
  }

  #draw() {
    const words = this.#search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const has = (...texts) => words.every((word) => texts.join(" ").toLowerCase().includes(word));
    const { now } = this.#alarms;
    const how = { now, open: this.ways.open, ask: (one) => this.ways.acknowledge.ask(one, () => this.refresh()) };
    const digests = this.#alarms.digests.filter((one) => has(one.message, one.site) && (!this.#open.checked || !one.acknowledgedInCloud));
    const alarms = this.#alarms.alarms.filter((one) => has(one.message, one.series, one.rule) && (!this.#open.checked || waits(one)));
    const rows = [...digests.map((one) => digestRow(one, how)), ...alarms.map((one) => alarmRow(one, how))];
    this.#alarmCount.textContent = count(rows.length);
    refill(this.#alarmList, rows.length ? rows : [element("li", { className: "note", textContent: "No alarm stands." })]);
    const events = this.#events.filter(({ type, series, edge, message }) => has(type, series, edge, message));
    refill(this.#eventList, events.map(eventRow));
    this.#note.hidden = events.length > 0;
    this.#note.textContent = this.#events.length ? "Nothing among what is loaded is like that: show older ones." : "Nothing happened in this time.";
    this.#more.hidden = this.#ended;
  }
}
