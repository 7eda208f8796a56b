import { ask } from "./api.js";
import { age, count, element, shortCount } from "./format.js";

const LATE = 3 * 60_000;

/** Of a larger fleet these are shown beside the charts, those in trouble first; the rest is on the page of the fleet. */
const SHOWN = 24;

/** The list of edges: who is there, how far behind, and a click to see only its series. */
export class Edges {
  #list = document.getElementById("edges");
  #total = document.getElementById("edges-count");
  #more = document.getElementById("edges-more");
  #edges = null;
  #all = [];
  #skew = 0;
  #picked = "";

  /** @param {(edge: string) => void} onPick with the edge's name, or empty for all */
  constructor(onPick) {
    this.onPick = onPick;
    setInterval(() => this.#ages(), 1_000);
  }

  async refresh() {
    const { edges, now } = await ask("edges");
    this.#skew = Date.now() - now;
    this.#all = edges;
    const shown = foremost(edges, now, this.#picked);
    const same = this.#edges && shown.map((e) => e.name).join() === this.#edges.map((e) => e.name).join();
    this.#edges = shown;
    if (!same) this.#build();
    this.#ages();
    return edges;
  }

  /** A window of this edge that ends there was just stored. */
  heard(name, end) {
    const edge = this.#all.find((one) => one.name === name);
    if (!edge) return;
    edge.lastFrame = Date.now() - this.#skew;
    edge.lastWindow = Math.max(edge.lastWindow ?? 0, end);
  }

  #build() {
    this.#total.textContent = this.#all.length ? count(this.#all.length) : "";
    this.#more.hidden = this.#all.length <= this.#edges.length;
    this.#more.textContent = `All ${count(this.#all.length)} edges`;
    this.#list.replaceChildren(
      ...this.#edges.map((edge) => {
        const card = element("button", { type: "button", className: "edge-card" });
        card.ariaPressed = String(edge.name === this.#picked);
        card.addEventListener("click", () => this.#pick(edge.name));
        card.append(element("span", { className: "edge-head" }), element("span", { className: "edge-facts" }));
        return element("li", {}, card);
      }),
    );
    if (!this.#edges.length) {
      this.#list.replaceChildren(element("li", { className: "note", textContent: "None has connected yet." }));
    }
  }

  #pick(name) {
    this.#picked = this.#picked === name ? "" : name;
    [...this.#list.querySelectorAll(".edge-card")].forEach((card, i) => {
      card.ariaPressed = String(this.#edges[i].name === this.#picked);
    });
    this.onPick(this.#picked);
  }

  #ages() {
    if (!this.#list.offsetParent) return;
    const now = Date.now() - this.#skew;
    this.#list.querySelectorAll(".edge-card").forEach((card, i) => {
      const edge = this.#edges[i];
      const [head, facts] = card.children;
      head.replaceChildren(
        element("span", { className: `dot ${edge.online ? "on" : "off"}`, role: "img", ariaLabel: edge.online ? "online" : "offline" }),
        element("span", { textContent: edge.name }),
        element("span", { className: "site", textContent: edge.site }),
      );
      facts.replaceChildren(...this.#facts(edge, now));
    });
  }

  #facts(edge, now) {
    const late = edge.lastWindow === null || now - edge.lastWindow > LATE;
    const last = edge.lastWindow === null ? "no window yet" : `last window ${age(now - edge.lastWindow)} ago`;
    const facts = [
      element("span", { className: late ? "late" : "", textContent: edge.online ? last : `offline, ${last}` }),
    ];
    if (edge.pending.frames) {
      facts.push(element("span", { className: "late", textContent: `${shortCount(edge.pending.readings)} readings behind` }));
    } else {
      facts.push(element("span", { textContent: `${count(edge.series)} series` }));
    }
    if (edge.promise === "off") {
      const words = "promise off: acknowledges before the sync";
      facts.push(element("span", { className: "late promise", textContent: words }));
    }
    return facts;
  }
}

/** The few that are shown, by name: who is away or behind before who is well. */
function foremost(edges, now, picked) {
  if (edges.length <= SHOWN) return edges;
  const trouble = (edge) =>
    (edge.name === picked ? 8 : 0) + (edge.online ? 0 : 4) + (edge.pending.frames ? 2 : 0) + (edge.lastWindow === null || now - edge.lastWindow > LATE ? 1 : 0);
  const worst = [...edges].sort((one, other) => trouble(other) - trouble(one)).slice(0, SHOWN);
  return worst.sort((one, other) => one.name.localeCompare(other.name, "en", { numeric: true }));
}
