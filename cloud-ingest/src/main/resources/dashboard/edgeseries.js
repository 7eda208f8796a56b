import { ask } from "./api.js";
import { age, button, count, element, refill, searchField, value } from "./parts.js";
import { View } from "./state.js";

const PAGE = 60;

/** The cloud tells the newest values of at most so many. */
const MOST_LATEST = 2_000;

/** The series of one edge with their newest values, in pages; each leads to the explorer. */
export class EdgeSeries {
  #edge = "";
  #match = "";
  #limit = PAGE;
  #list = element("ul", { className: "value-list" });
  #count = element("span", { className: "count" });
  #more;
  #search;

  constructor() {
    this.#search = searchField("Find a series of this edge", "pump flow, or */temp*", (text) => {
      this.#match = text;
      this.refresh().catch(() => {});
    });
    this.#more = button("Show more", () => {
      this.#limit += PAGE;
      this.refresh().catch(() => {});
    });
    const title = element("h2", { textContent: "Series " }, this.#count);
    this.node = element("section", { className: "edge-part", ariaLabel: "Series" }, title, this.#search.node, this.#list, this.#more);
  }

  focusSearch() {
    this.#search.focus();
  }

  of(edge) {
    this.#edge = edge;
    this.#limit = PAGE;
    this.#list.replaceChildren();
  }

  async refresh() {
    const words = this.#match.split(/\s+/).filter(Boolean);
    const match = `${this.#edge}/*${words.map((word) => `${word}*`).join("")}`;
    const { series, total } = await ask("series", { match, limit: this.#limit });
    // A few can be named; an address that names hundreds would be refused.
    const asked = total <= MOST_LATEST ? match : series.slice(0, PAGE).map(({ name }) => name);
    const latest = series.length ? (await ask("latest", { series: asked })).series : [];
    const values = new Map(latest.map((one) => [one.name, one]));
    this.#count.textContent = count(total);
    this.#more.hidden = total <= series.length;
    refill(this.#list, series.map((one) => row(one, values.get(one.name))));
  }
}

function row({ name, unit, kind }, latest) {
  const link = element("a", { href: View.link("explore", { series: name }), textContent: name.split("/").slice(1).join(" / ") });
  const said = latest ? value(latest.value) : "–";
  const when = latest ? `${age(Date.now() - latest.t)} ago` : "";
  return element(
    "li",
    { title: `${name}, ${kind}` },
    link,
    element("b", { className: latest?.quality ?? "", textContent: said }),
    element("small", { textContent: unit }),
    element("time", { textContent: when }),
  );
}
