import { ask } from "./api.js";
import { age, count, element, shortCount } from "./format.js";

const LATE = 3 * 60_000;

/** The list of edges: who is there, how far behind, and a click to see only its series. */
export class Edges {
  #list = document.getElementById("edges");
  #total = document.getElementById("edges-count");
  #edges = null;
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
    const same = this.#edges && edges.map((e) => e.name).join() === this.#edges.map((e) => e.name).join();
    this.#edges = edges;
    if (!same) this.#build();
    this.#ages();
    return edges;
  }

  /** A window of this edge that ends there was just stored. */
  heard(name, end) {
    const edge = this.#edges?.find((one) => one.name === name);
    if (!edge) return;
    edge.lastFrame = Date.now() - this.#skew;
    edge.lastWindow = Math.max(edge.lastWindow ?? 0, end);
  }

  #build() {
    this.#total.textContent = this.#edges.length ? count(this.#edges.length) : "";
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
