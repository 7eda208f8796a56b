import { Slots } from "./slots.js";

/** What the page shows. It lives in the address, so that a view can be kept and sent. */

export const RANGES = new Map([
  ["5m", { label: "5 min", millis: 5 * 60_000 }],
  ["15m", { label: "15 min", millis: 15 * 60_000 }],
  ["1h", { label: "1 h", millis: 3_600_000 }],
  ["6h", { label: "6 h", millis: 6 * 3_600_000 }],
  ["24h", { label: "24 h", millis: 24 * 3_600_000 }],
  ["7d", { label: "7 d", millis: 7 * 24 * 3_600_000 }],
]);

export const MOST_CHOSEN = 8;

/** Pages whose part of the address is their own; the others share the range and the series of the live page. */
const OWN = ["fleet", "edge", "explore", "events", "ledger"];

const PAGES = ["live", ...OWN, "models", "rollouts"];

export class View extends EventTarget {
  #slots = new Slots();
  #own = new Map(OWN.map((page) => [page, new URLSearchParams()]));

  constructor() {
    super();
    this.page = "live";
    this.rollout = "";
    this.scores = true;
    this.range = "15m";
    this.chosen = [];
    this.#read();
    addEventListener("hashchange", () => {
      this.#read();
      this.#changed();
    });
  }

  get millis() {
    return RANGES.get(this.range).millis;
  }

  /** A number from 1 that a chosen series keeps for as long as it is chosen. */
  colour(name) {
    return this.#slots.of(name);
  }

  choose(names) {
    this.chosen = [...new Set(names)].slice(-MOST_CHOSEN);
    this.#write();
  }

  toggle(name) {
    this.choose(this.chosen.includes(name) ? this.chosen.filter((n) => n !== name) : [...this.chosen, name]);
  }

  /** Turns to a page; the way back is the browser's. With `own`, what that page shows. */
  go(page, own) {
    if (own) this.#own.set(page, new URLSearchParams(own));
    const turned = page !== this.page || own;
    this.page = page;
    this.#write(turned);
  }

  /** What the address says to a page that has a part of its own. */
  own(page) {
    return this.#own.get(page);
  }

  /** Says what a page with a part of its own shows; names without a content are left out. */
  tell(page, parts) {
    const kept = Object.entries(parts).flatMap(([name, content]) => [content ?? []].flat().filter((one) => one !== "").map((one) => [name, String(one)]));
    this.#own.set(page, new URLSearchParams(kept));
    if (page === this.page) this.#write();
  }

  /** The address of a page with a part of its own. */
  static link(page, own = {}) {
    return hashOf([["page", page], ...new URLSearchParams(own)]);
  }

  /** Opens one rollout of the page of rollouts. */
  open(rollout) {
    this.rollout = rollout;
    this.#write();
  }

  /** Whether scores are shown below the series that they are of. */
  showScores(shown) {
    this.scores = shown;
    this.#write();
  }

  show(range) {
    this.range = range;
    this.#write();
  }

  #read() {
    const hash = new URLSearchParams(location.hash.slice(1));
    this.page = PAGES.includes(hash.get("page")) ? hash.get("page") : "live";
    if (OWN.includes(this.page)) {
      hash.delete("page");
      this.#own.set(this.page, hash);
      return;
    }
    this.rollout = hash.get("rollout") ?? "";
    this.scores = hash.get("scores") !== "off";
    this.range = RANGES.has(hash.get("range")) ? hash.get("range") : "15m";
    this.chosen = hash.getAll("series").slice(0, MOST_CHOSEN);
    this.#slots.keep(this.chosen);
  }

  #write(turned = false) {
    this.#slots.keep(this.chosen);
    const hash = OWN.includes(this.page) ? [["page", this.page], ...this.#own.get(this.page)] : this.#shared();
    history[turned ? "pushState" : "replaceState"](null, "", hashOf(hash));
    this.#changed();
  }

  #shared() {
    const page = this.page === "live" ? [] : [["page", this.page]];
    if (this.page === "rollouts" && this.rollout) page.push(["rollout", this.rollout]);
    const scores = this.scores ? [] : [["scores", "off"]];
    return [...page, ...scores, ["range", this.range], ...this.chosen.map((name) => ["series", name])];
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

function hashOf(parts) {
  return `#${new URLSearchParams(parts).toString().replaceAll("%2F", "/")}`;
}
