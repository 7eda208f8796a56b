import { FleetData } from "./fleetdata.js";
import { KINDS, ORDERS, sites } from "./fleetrank.js";
import { Site } from "./fleetsite.js";
import { age, choices, count, element, page, searchField, select, shortCount } from "./parts.js";

/** So many edges are listed without being asked for. */
const LISTED = 60;

/** All edges by site, the worst first; found by name, site, label, software or model. */
export class Fleet {
  title = "Fleet";
  every = 5_000;
  #data = new FleetData();
  #sites = new Map();
  #opened = new Map();
  #last = null;
  #figures = element("dl", { className: "figures", ariaLabel: "The fleet in figures" });
  #list = element("div", { className: "sites" });
  #none = element("p", { className: "note", role: "status" });
  #kinds;
  #search;
  #order;

  constructor(view) {
    this.view = view;
    this.#search = searchField("Find an edge", "Name, site, label, software, model", (q) => this.#tell({ q }));
    this.#kinds = choices("Edges shown", [...KINDS].map(([key, { label }]) => [key, label]), (show) => this.#tell({ show }));
    this.#order = select("Sort by", [...ORDERS].map(([key, { label }]) => [key, label]), (sort) => this.#tell({ sort }));
    const tools = element("div", { className: "filters" }, this.#search.node, this.#kinds.node, this.#order.node);
    this.node = page("fleet-page", "Fleet", this.#figures, tools, this.#none, this.#list);
  }

  focusSearch() {
    this.#search.focus();
  }

  turned() {
    const own = this.view.own("fleet");
    this.#search.set(own.get("q") ?? "");
    this.#kinds.set(KINDS.has(own.get("show")) ? own.get("show") : "all");
    this.#order.set(ORDERS.has(own.get("sort")) ? own.get("sort") : "worst");
    if (this.#last) this.#draw();
  }

  async refresh() {
    this.#last = await this.#data.read();
    this.#draw();
  }

  #tell(changed) {
    const wanted = { q: this.#search.value, show: this.#kinds.value, sort: this.#order.value, ...changed };
    this.view.tell("fleet", { ...wanted, show: wanted.show === "all" ? null : wanted.show, sort: wanted.sort === "worst" ? null : wanted.sort });
  }

  #draw() {
    const { edges, now } = this.#last;
    const words = this.#search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const named = edges.filter(({ text }) => words.every((word) => text.includes(word)));
    for (const [key, { label, has }] of KINDS) this.#kinds.label(key, `${label} ${count(named.filter(has).length)}`);
    const shown = named.filter(KINDS.get(this.#kinds.value).has);
    this.#figures.replaceChildren(...figures(edges));
    this.#none.hidden = shown.length > 0;
    this.#none.textContent = edges.length ? "No edge is like that." : "No edge has connected yet.";
    this.#drawSites(sites(shown, this.#order.value), now);
  }

  /** Sites keep their elements, and whether they are opened; how many are at first depends on the fleet. */
  #drawSites(all, now) {
    let listed = 0;
    const nodes = all.map(({ name, edges }, i) => {
      listed += edges.length;
      const atFirst = i === 0 || listed <= LISTED;
      const site = this.#sites.get(name) ?? new Site(name, (open) => this.#opened.set(name, open));
      this.#sites.set(name, site);
      site.draw(edges, now, this.#opened.get(name) ?? atFirst);
      return site.node;
    });
    const same = nodes.length === this.#list.children.length && nodes.every((node, i) => node === this.#list.children[i]);
    if (!same) this.#list.replaceChildren(...nodes);
  }
}

function figures(edges) {
  const online = edges.filter((edge) => edge.online).length;
  const behind = edges.filter((edge) => edge.pending.frames);
  const readings = behind.reduce((sum, edge) => sum + edge.pending.readings, 0);
  const latest = edges.filter((edge) => edge.online && edge.lag !== null).sort((one, other) => other.lag - one.lag)[0];
  const risky = edges.filter(KINDS.get("risk").has).length;
  const alarms = edges.reduce((sum, edge) => sum + edge.alarms, 0);
  return [
    figure("online", `${count(online)} of ${count(edges.length)}`, online < edges.length ? `${count(edges.length - online)} away` : "all of them", online < edges.length),
    figure("backlog", `${shortCount(readings)}`, behind.length ? `readings at ${count(behind.length)} ${behind.length === 1 ? "edge" : "edges"}` : "everything has arrived", behind.length > 0),
    figure("greatest lag", latest ? age(Math.max(0, latest.lag)) : "–", latest ? latest.name : "no window yet", latest && latest.level !== "good" && latest.lag > 180_000),
    figure("at risk", count(risky), risky ? "edges: see their remarks" : "none", risky > 0),
    figure("alarms that wait", count(alarms), alarms ? "for somebody's answer" : "none", alarms > 0),
  ];
}

function figure(term, value, remark, odd) {
  return element(
    "div",
    { className: odd ? "figure odd" : "figure" },
    element("dt", { textContent: term }),
    element("dd", {}, element("b", { textContent: value }), element("span", { textContent: remark })),
  );
}
