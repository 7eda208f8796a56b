import { age, count, element, refill, shortCount, software } from "./parts.js";
import { LEVELS, backlog, clock } from "./fleetrank.js";
import { View } from "./state.js";

const PAGE = 50;

const COLUMNS = ["Edge", "Last window", "Backlog", "Clock", "Software", "Models", "Remarks"];

const SAID = { bad: "in trouble", warn: "to look at", good: "well", new: "without a window yet" };

/** One site: a square for each of its edges, and a table of them where it is opened. */
export class Site {
  #head = element("h2", { className: "site-name" });
  #button = element("button", { type: "button", className: "opener" });
  #facts = element("span", { className: "site-facts" });
  #mosaic = element("div", { className: "mosaic", ariaHidden: "true" });
  #rows = element("tbody");
  #table;
  #more = element("button", { type: "button", className: "small-button" });
  #shown = PAGE;
  #last = null;

  constructor(name, onOpen) {
    this.#button.textContent = name || "no site";
    this.#head.append(this.#button);
    this.#table = element(
      "table",
      { className: "edges-table", ariaLabel: `Edges of ${name || "no site"}` },
      element("thead", {}, element("tr", {}, ...COLUMNS.map((column) => element("th", { scope: "col", textContent: column })))),
      this.#rows,
    );
    this.node = element(
      "section",
      { className: "card site" },
      element("div", { className: "site-head" }, this.#head, this.#facts),
      this.#mosaic,
      this.#table,
      this.#more,
    );
    this.node.dataset.site = name;
    this.#button.addEventListener("click", () => {
      onOpen(this.#table.hidden);
      this.draw(this.#last.edges, this.#last.now, this.#table.hidden);
    });
    this.#more.addEventListener("click", () => {
      this.#shown += PAGE;
      this.draw(this.#last.edges, this.#last.now, true);
    });
    this.#mosaic.addEventListener("click", ({ target }) => {
      if (target.dataset.edge) location.hash = View.link("edge", { edge: target.dataset.edge });
    });
  }

  draw(edges, now, open) {
    this.#last = { edges, now };
    this.#button.ariaExpanded = String(open);
    this.#table.hidden = !open;
    this.#facts.replaceChildren(...facts(edges));
    this.#squares(edges);
    this.#more.hidden = !open || edges.length <= this.#shown;
    this.#more.textContent = `Show ${count(Math.min(PAGE, edges.length - this.#shown))} more of ${count(edges.length)}`;
    refill(this.#rows, open ? edges.slice(0, this.#shown).map((edge) => row(edge)) : []);
  }

  /** A fleet of thousands is as many squares: they are changed, not made anew. */
  #squares(edges) {
    while (this.#mosaic.children.length > edges.length) this.#mosaic.lastChild.remove();
    while (this.#mosaic.children.length < edges.length) this.#mosaic.append(document.createElement("i"));
    edges.forEach((edge, i) => {
      const square = this.#mosaic.children[i];
      if (square.className !== edge.level) square.className = edge.level;
      if (square.dataset.edge !== edge.name) square.dataset.edge = edge.name;
      const title = [edge.name, ...edge.reasons.map(({ words }) => words)].join("\n");
      if (square.title !== title) square.title = title;
    });
  }
}

function facts(edges) {
  const online = edges.filter((edge) => edge.online).length;
  const pending = edges.reduce((sum, edge) => sum + edge.pending.readings, 0);
  const levels = LEVELS.slice(0, 2).map((level) => [level, edges.filter((edge) => edge.level === level).length]);
  return [
    element("span", { textContent: `${count(online)} of ${count(edges.length)} online`, className: online < edges.length ? "late" : "" }),
    ...(pending ? [element("span", { className: "late", textContent: `${shortCount(pending)} readings behind` })] : []),
    ...levels.filter(([, number]) => number).map(([level, number]) => element("span", { className: `level ${level}`, textContent: `${count(number)} ${SAID[level]}` })),
  ];
}

function row(edge) {
  const link = element("a", { href: View.link("edge", { edge: edge.name }), textContent: edge.name });
  const dot = element("span", { className: `dot ${edge.online ? "on" : "off"}`, role: "img", ariaLabel: edge.online ? "online" : "offline" });
  const remarks = edge.reasons.map(({ words, kind }) => element("li", { className: kind, textContent: words }));
  const cells = [
    element("th", { scope: "row" }, element("span", { className: "edge-name" }, dot, link)),
    element("td", { textContent: edge.lag === null ? "none yet" : edge.lag < 0 ? "just now" : `${age(edge.lag)} ago`, className: edge.reasons.some(({ kind }) => kind === "late") ? "late" : "" }),
    element("td", { textContent: backlog(edge), className: edge.pending.frames ? "late" : backlog(edge) === "none" ? "nothing" : "" }),
    element("td", { textContent: clock(edge), className: edge.reasons.some(({ kind }) => kind === "clock") ? "late" : "" }),
    element("td", { textContent: software(edge.software) || "–", title: edge.software }),
    element("td", { textContent: edge.models.join(", ") || "–" }),
    element("td", {}, remarks.length ? element("ul", { className: "remarks" }, ...remarks) : element("span", { className: "nothing", textContent: "–" })),
  ];
  cells.forEach((cell, i) => (cell.dataset.label = COLUMNS[i]));
  return element("tr", { className: edge.level }, ...cells);
}
