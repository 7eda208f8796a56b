import { LANES, add, byEdge, share } from "./accounts.js";
import { ask } from "./api.js";
import { Flow } from "./flow.js";
import { Reasons } from "./reasons.js";
import { button, choices, count, element, page, refill, searchField } from "./parts.js";
import { View } from "./state.js";
import { strip } from "./strip.js";

const PAGE = 50;

const COLUMNS = ["Edge", "What became of it", "Numbered", "Stored", "At the edge", "Gone or unclear", "Account"];

const STATES = { balanced: "balanced", open: "some to come", contested: "contested", off: "does not balance" };

/** The account of every numbered frame as a picture; all edges, or one with the reasons. */
export class LedgerPage {
  title = "Ledger";
  every = 10_000;
  #flow = new Flow();
  #reasons = new Reasons();
  #lead = element("p", { className: "lead", role: "status" });
  #back = element("p", { className: "back" }, element("a", { href: View.link("ledger"), textContent: "← All edges" }));
  #rows = element("tbody");
  #table = element(
    "table",
    { className: "edges-table ledger-table" },
    element("thead", {}, element("tr", {}, ...COLUMNS.map((column) => element("th", { scope: "col", textContent: column })))),
    this.#rows,
  );
  #more;
  #shown = PAGE;
  #last = null;
  #lanes;
  #search;

  constructor(view) {
    this.view = view;
    this.#lanes = choices("Lane", [...LANES].map(([key, { label }]) => [key, label]), (lane) => this.#tell({ lane }));
    this.#search = searchField("Find an edge", "Name of an edge", (q) => this.#tell({ q }));
    this.#more = button("", () => {
      this.#shown += PAGE;
      this.#draw();
    });
    this.#table.ariaLabel = "The account of each edge";
    const picture = element("section", { className: "card picture" }, this.#lead, this.#flow.node);
    const tools = element("div", { className: "filters" }, this.#search.node, this.#lanes.node);
    this.node = page("ledger-page", "Ledger", this.#back, tools, picture, this.#reasons.node, element("section", { className: "card" }, this.#table), this.#more);
  }

  get #edge() {
    return this.view.own("ledger").get("edge") ?? "";
  }

  focusSearch() {
    this.#search.focus();
  }

  turned(isNew) {
    const own = this.view.own("ledger");
    this.#lanes.set(LANES.has(own.get("lane")) ? own.get("lane") : "window");
    this.#search.set(own.get("q") ?? "");
    this.#search.node.hidden = Boolean(this.#edge);
    if (this.#last?.edge === this.#edge) this.#draw();
    else if (!isNew) this.refresh().catch(() => {});
  }

  async refresh() {
    const edge = this.#edge;
    const account = await ask("ledger", edge ? { edge, detail: true } : {});
    if (edge !== this.#edge) return;
    this.#last = { ...account, edge };
    this.#draw();
  }

  #tell(changed) {
    const lane = this.#lanes.value;
    const wanted = { edge: this.#edge, q: this.#search.value, lane, ...changed };
    this.view.tell("ledger", { ...wanted, lane: wanted.lane === "window" ? null : wanted.lane });
  }

  #draw() {
    const { lanes, edge, named } = this.#last;
    const { noun, unit } = LANES.get(this.#lanes.value);
    const own = lanes.filter(({ lane }) => lane === this.#lanes.value);
    const sum = add(own, unit);
    this.node.querySelector("h1").textContent = edge ? `Ledger of ${edge}` : "Ledger";
    this.#back.hidden = !edge;
    this.#lead.textContent = lead(sum, noun, edge, new Set(own.map((lane) => lane.edge)).size);
    this.#flow.draw(sum);
    this.#reasons.draw(edge ? (named ?? []).filter(({ lane }) => lane === this.#lanes.value) : null, unit);
    this.#list(edge ? own.map((lane) => ({ ...add([lane], unit), edge: lane.edge, incarnation: lane.incarnation })) : byEdge(own, unit));
  }

  #list(rows) {
    const words = this.#search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = this.#edge ? rows : rows.filter(({ edge }) => words.every((word) => edge.toLowerCase().includes(word)));
    this.#more.hidden = found.length <= this.#shown;
    this.#more.textContent = `Show ${count(Math.min(PAGE, found.length - this.#shown))} more of ${count(found.length)}`;
    refill(this.#rows, found.slice(0, this.#shown).map((sum) => row(sum)));
  }
}

function lead(sum, noun, edge, edges) {
  if (!sum.numbered) return `No ${noun} were numbered${edge ? ` by ${edge}` : ""} yet.`;
  const who = edge || `${count(edges)} ${edges === 1 ? "edge" : "edges"}`;
  const stored = `${count(sum.parts.stored)} of them (${share(sum.parts.stored, sum.numbered)}) are stored.`;
  const verdict = sum.state === "off" ? " The account does not balance." : " Every other one is named below.";
  const all = sum.parts.stored === sum.numbered;
  return all ? `${who} numbered ${count(sum.numbered)} ${noun}, and every single one is stored.` : `${who} numbered ${count(sum.numbered)} ${noun}. ${stored}${verdict}`;
}

function row(sum) {
  const { parts } = sum;
  const gone = parts.unknown + parts.dropped + parts.refused + parts.conflict + parts.lost;
  const name = sum.incarnation ? element("code", { textContent: sum.incarnation.slice(0, 8), title: sum.incarnation }) : element("a", { href: View.link("ledger", { edge: sum.edge }), textContent: sum.edge });
  const number = (amount, odd = "") => element("td", { className: `number ${amount ? odd : "nothing"}`, textContent: count(amount) });
  const cells = [
    element("th", { scope: "row" }, name),
    element("td", {}, strip(sum)),
    number(sum.numbered),
    number(parts.stored),
    number(parts.waiting, "late"),
    number(gone, "gone"),
    element("td", { className: `account ${sum.state}`, textContent: sum.contested ? `${STATES[sum.state]}, ${count(sum.contested)} contested` : STATES[sum.state] }),
  ];
  cells.forEach((cell, i) => (cell.dataset.label = COLUMNS[i]));
  return element("tr", {}, ...cells);
}
