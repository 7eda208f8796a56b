import { LANES, add } from "./accounts.js";
import { alarmRow } from "./alarmrows.js";
import { ask } from "./api.js";
import { eventRow } from "./eventrows.js";
import { backlog, clock, judge } from "./fleetrank.js";
import { age, bytes, count, element, page, refill, software, time } from "./parts.js";
import { EdgeSeries } from "./edgeseries.js";
import { View } from "./state.js";
import { strip } from "./strip.js";

const EVENTS = 15;

/** Everything of one edge on one page. */
export class EdgePage {
  title = "Edge";
  every = 5_000;
  under = "fleet";
  #series = new EdgeSeries();
  #name = element("h2", { className: "edge-title" });
  #ways = element("p", { className: "ways" });
  #remarks = element("ul", { className: "remarks" });
  #facts = element("dl", { className: "facts" });
  #lanes = element("dl", { className: "lane-strips" });
  #alarms = element("ol", { className: "alarm-list" });
  #events = element("ol", { className: "event-list" });
  #models = element("ul", { className: "slots" });
  #problem = element("p", { className: "problem", role: "status", hidden: true });
  #shown = "";

  /** @param {{open: Function, acknowledge: object}} ways what is done with an alarm */
  constructor(view, ways) {
    this.view = view;
    this.ways = ways;
    const back = element("p", { className: "back" }, element("a", { href: View.link("fleet"), textContent: "← Fleet" }));
    const about = element("section", { className: "card about" }, element("div", { className: "site-head" }, this.#name, this.#ways), this.#remarks, this.#facts);
    this.node = page("edge-page", "Edge", back, this.#problem, about, section("Account", this.#lanes, "card lanes"), this.#slots(), section("Alarms", this.#alarms), section("Events", this.#events), this.#series.node);
    this.node.querySelector(".tools").classList.add("unseen");
  }

  get #edge() {
    return this.view.own("edge").get("edge") ?? "";
  }

  focusSearch() {
    this.#series.focusSearch();
  }

  turned(isNew) {
    if (this.#edge === this.#shown) return;
    this.#series.of(this.#edge);
    if (!isNew) this.refresh().catch(() => {});
  }

  async refresh() {
    const edge = this.#edge;
    const own = await Promise.all([
      ask("edges"),
      ask("fleet"),
      ask("ledger", { edge }),
      ask("alarms", { edge, late: true, limit: 50 }),
      ask("events", { edge, late: true, limit: EVENTS }),
    ]);
    if (edge !== this.#edge) return;
    this.#shown = edge;
    this.#draw(edge, own);
    await this.#series.refresh();
  }

  #draw(name, [{ edges, now }, fleet, { lanes }, { alarms }, { events }]) {
    const known = edges.find((one) => one.name === name);
    this.#problem.hidden = Boolean(known);
    this.#problem.textContent = `No edge is called ${name}.`;
    if (!known) return;
    const deployed = fleet.edges.find((one) => one.edge === name);
    const waiting = alarms.filter((one) => one.state.endsWith("unacknowledged") && !one.acknowledgedInCloud).length;
    const edge = judge(known, deployed, waiting, now);
    const dot = element("span", { className: `dot ${edge.online ? "on" : "off"}`, role: "img", ariaLabel: edge.online ? "online" : "offline" });
    this.#name.replaceChildren(dot, edge.name, element("small", { textContent: edge.site }));
    refill(this.#ways, ways(edge));
    this.#remarks.replaceChildren(...edge.reasons.map(({ words, kind }) => element("li", { className: kind, textContent: words })));
    this.#facts.replaceChildren(...facts(edge, deployed, now));
    this.#lanes.replaceChildren(...[...LANES].flatMap(([lane, { label, unit }]) => laneStrip(label, unit, lanes.filter((one) => one.lane === lane))));
    this.#drawSlots(edge);
    const how = { now, open: this.ways.open, ask: (one) => this.ways.acknowledge.ask(one, () => this.refresh()) };
    fill(this.#alarms, alarms.map((one) => alarmRow(one, how)), "No alarm of this edge stands.");
    fill(this.#events, events.map(eventRow), "This edge told of no events.");
  }

  #slots() {
    return section("Models and program", this.#models, "card slots-card");
  }

  #drawSlots({ slots }) {
    const rows = slots.map(({ slot, model, version, state, detail }) =>
      element(
        "li",
        {},
        element("b", { textContent: slot }),
        element("span", { textContent: model ? `${model} ${version}` : "nothing" }),
        element("span", { className: `model-state ${state}`, textContent: state }),
        element("small", { textContent: detail }),
      ),
    );
    fill(this.#models, rows, "It reports no slots.");
  }
}

function section(title, content, className = "") {
  return element("section", { className: `edge-part ${className}`, ariaLabel: title }, element("h2", { textContent: title }), content);
}

function fill(list, rows, otherwise) {
  refill(list, rows.length ? rows : [element("li", { className: "note", textContent: otherwise })]);
}

function ways({ name }) {
  return [
    element("a", { className: "small-button", href: View.link("explore", { series: `${name}/*` }), textContent: "Explore its series" }),
    element("a", { className: "small-button", href: View.link("ledger", { edge: name }), textContent: "Its ledger" }),
    element("a", { className: "small-button", href: View.link("events", { edge: name }), textContent: "All its events" }),
  ];
}

function facts(edge, deployed, now) {
  const ago = (at) => (at === null || at === undefined ? "never" : `${age(now - at)} ago, ${time(at)}`);
  const labels = Object.entries(edge.labels).map(([key, value]) => `${key}=${value}`).join(", ");
  const document = deployed?.issued ? `${count(deployed.seen)} of ${count(deployed.issued)}${deployed.inStep ? "" : ", not there yet"}` : "none";
  const all = [
    ["presence", edge.online ? `online since ${time(edge.onlineSince)}` : `offline, seen ${ago(edge.lastFrame)}`],
    ["last window", edge.lag < 0 ? "just now" : ago(edge.lastWindow)],
    ["last frame", ago(edge.lastFrame)],
    ["last hello", ago(edge.lastHello)],
    ["last report", ago(edge.lastReport)],
    ["backlog", backlog(edge)],
    ["oldest there", edge.health?.oldestSeconds ? `${age(1_000 * edge.health.oldestSeconds)} old` : "nothing"],
    ["clock", clock(edge)],
    ["disk", edge.health?.maxBytes ? `${bytes(edge.health.usedBytes)} of ${bytes(edge.health.maxBytes)}` : "not told"],
    ["memory", edge.health?.residentBytes > 0 ? bytes(edge.health.residentBytes) : "not told"],
    ["rejected there", rejected(edge.health)],
    ["software", software(edge.software) || "not told"],
    ["time zone", edge.timezone || "not told"],
    ["document", document],
    ["labels", labels || "none"],
    ["run", edge.incarnation?.slice(0, 8) ?? "none"],
  ];
  return all.map(([term, said]) => element("div", {}, element("dt", { textContent: term }), element("dd", { textContent: said })));
}

/** Messages that no gateway wants, by the reason that it gave. */
function rejected(health) {
  const all = Object.entries({ ...health?.rejected, ...health?.refused }).filter(([, number]) => number);
  return all.length ? all.map(([reason, number]) => `${count(number)} ${reason}`).join(", ") : health ? "none" : "not told";
}

function laneStrip(label, unit, lanes) {
  const sum = add(lanes, unit);
  const { stored, waiting } = sum.parts;
  const gone = sum.numbered - stored - waiting - sum.parts.replaced;
  const words = sum.numbered ? `${count(stored)} of ${count(sum.numbered)} ${unit} stored` : "none numbered";
  const rest = [waiting && `${count(waiting)} at the edge`, gone && `${count(gone)} gone`].filter(Boolean).join(", ");
  return [element("dt", { textContent: label }), element("dd", {}, strip(sum), element("span", { textContent: rest ? `${words}, ${rest}` : words }))];
}
