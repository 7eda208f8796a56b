import { count, element, time } from "./parts.js";

const COLUMNS = ["What", "Why", "Frames", "Readings", "Numbers", "Since"];

const SAID = { superseded: "replaced by coarser", missing: "not here yet", conflict: "in conflict" };

const RANGES_SHOWN = 4;

/** Of one edge: which frames are not stored, and why, by their numbers. */
export class Reasons {
  #rows = element("tbody");
  node = element(
    "section",
    { className: "card reasons", hidden: true },
    element("div", { className: "card-head" }, element("h2", { className: "model-name", textContent: "Not stored, and why" })),
    element(
      "table",
      { className: "edges-table", ariaLabel: "Frames that are not stored, and why" },
      element("thead", {}, element("tr", {}, ...COLUMNS.map((column) => element("th", { scope: "col", textContent: column })))),
      this.#rows,
    ),
  );

  /** @param named as in `/ledger?detail=true`; null hides it */
  draw(named) {
    this.node.hidden = !named?.length;
    this.#rows.replaceChildren(...(named ?? []).map((one) => row(one)));
  }
}

function row({ fate, reason, frames, readings, ranges, more, updated, incarnation }) {
  const shown = ranges.slice(0, RANGES_SHOWN).map(([from, to]) => (from === to ? count(from) : `${count(from)} to ${count(to)}`));
  const further = more || ranges.length > RANGES_SHOWN ? ", and more" : "";
  const cells = [
    element("th", { scope: "row", textContent: SAID[fate] ?? fate }),
    element("td", { textContent: reason || "–" }),
    element("td", { className: "number", textContent: count(frames) }),
    element("td", { className: "number", textContent: count(readings) }),
    element("td", { textContent: `${shown.join("; ")}${further}`, title: `of run ${incarnation}` }),
    element("td", { textContent: updated ? time(updated) : "–" }),
  ];
  cells.forEach((cell, i) => (cell.dataset.label = COLUMNS[i]));
  return element("tr", {}, ...cells);
}
