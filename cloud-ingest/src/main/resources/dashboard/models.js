import { ask } from "./api.js";
import { age, count, element, shortCount } from "./format.js";

/** An edge says its figures once a minute. */
const STALE = 3 * 60_000;

const COLUMNS = ["Edge", "Slot", "State", "Shadow", "Scored", "Errors", "p99", "Said", "See"];

/** Which model runs where and how it does: a table for each model, a row for each slot. */
export class Models {
  #place = document.getElementById("models");
  #note = document.getElementById("models-note");

  /** @param {(edge: string, slot: string) => void} onCharts shows the scores of a slot */
  constructor(onCharts) {
    this.onCharts = onCharts;
  }

  async refresh() {
    const { models, now } = await ask("models");
    this.#note.hidden = models.length > 0;
    this.#place.replaceChildren(...models.map((model) => this.#model(model, now)));
  }

  #model(model, now) {
    const title = element("h2", { className: "model-name" }, model.name || "No model");
    if (model.version) title.append(element("span", { className: "version", textContent: model.version }));
    if (model.digest) title.append(element("code", { className: "digest", textContent: model.digest.slice(0, 12), title: model.digest }));
    const head = element("tr", {}, ...COLUMNS.map((name) => element("th", { scope: "col", textContent: name })));
    return element(
      "article",
      { className: "card model" },
      element("div", { className: "card-head" }, title, element("span", { className: "places", textContent: places(model.edges) })),
      element(
        "table",
        { className: "places-table", ariaLabel: model.name || "Slots without a model" },
        element("thead", {}, head),
        element("tbody", {}, ...model.edges.map((place) => row(place, now, this.onCharts))),
      ),
    );
  }
}

function places(edges) {
  const number = new Set(edges.map(({ edge }) => edge)).size;
  return `on ${count(number)} ${number === 1 ? "edge" : "edges"}`;
}

/** A digest as people tell it from others. */
function short(text) {
  return text.replace(/[0-9a-f]{64}/g, (digest) => digest.slice(0, 12));
}

/** To the charts of its scores, and to when the model ran there. */
function ways(place, onCharts) {
  const charts = element("button", { type: "button", className: "small-button", textContent: "Scores", ariaLabel: `Scores of ${place.slot} on ${place.edge}` });
  charts.addEventListener("click", () => onCharts(place.edge, place.slot));
  const query = new URLSearchParams({ edge: place.edge, slot: place.slot });
  const runs = element("a", { className: "small-button", href: `/api/v1/models/runs?${query}`, textContent: "Runs" });
  return element("span", { className: "ways" }, charts, runs);
}

function row(place, now, onCharts) {
  const old = now - place.reported > STALE || !place.online;
  const state = element("span", { className: `model-state ${place.state}`, textContent: place.state });
  const cells = [
    element("span", {}, place.edge, element("small", { textContent: place.node ? ` on ${place.node}` : "" })),
    element("span", { textContent: place.slot }),
    element("span", {}, state, element("small", { className: "why", textContent: short(place.detail), title: place.detail })),
    element("span", { textContent: short(place.shadow) || "–", title: place.shadow }),
    element("span", { textContent: shortCount(place.scored), title: count(place.scored) }),
    element("span", { className: place.errors ? "some" : "", textContent: shortCount(place.errors) }),
    element("span", { textContent: duration(place.p99Micros), title: `median ${duration(place.p50Micros)}; ${place.provider || "no provider"}` }),
    element("span", { className: old ? "late" : "", textContent: `${age(now - place.reported)} ago${place.online ? "" : ", offline"}` }),
    ways(place, onCharts),
  ];
  return element(
    "tr",
    { className: old ? "old" : "" },
    ...cells.map((cell, i) => {
      const box = element(i ? "td" : "th", i ? {} : { scope: "row" }, cell);
      box.dataset.label = COLUMNS[i];
      return box;
    }),
  );
}

function duration(micros) {
  if (!micros) return "–";
  return micros < 1_000 ? `${Math.round(micros)} µs` : `${(micros / 1_000).toFixed(micros < 10_000 ? 1 : 0)} ms`;
}
