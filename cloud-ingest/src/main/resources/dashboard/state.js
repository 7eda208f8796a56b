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

const PAGES = ["live", "models", "rollouts"];

export class View extends EventTarget {
  constructor() {
    super();
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
    return this.slots.get(name);
  }

  choose(names) {
    this.chosen = [...new Set(names)].slice(-MOST_CHOSEN);
    this.#write();
  }

  toggle(name) {
    this.choose(this.chosen.includes(name) ? this.chosen.filter((n) => n !== name) : [...this.chosen, name]);
  }

  /** @param {string} page live, models or rollouts */
  go(page) {
    this.page = page;
    this.#write();
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
    this.rollout = hash.get("rollout") ?? "";
    this.scores = hash.get("scores") !== "off";
    this.range = RANGES.has(hash.get("range")) ? hash.get("range") : "15m";
    this.chosen = hash.getAll("series").slice(0, MOST_CHOSEN);
    this.#colour();
  }

  #write() {
    this.#colour();
    const page = this.page === "live" ? [] : [["page", this.page]];
    if (this.page === "rollouts" && this.rollout) page.push(["rollout", this.rollout]);
    const scores = this.scores ? [] : [["scores", "off"]];
    const hash = new URLSearchParams([...page, ...scores, ["range", this.range], ...this.chosen.map((name) => ["series", name])]);
    history.replaceState(null, "", `#${hash.toString().replaceAll("%2F", "/")}`);
    this.#changed();
  }

  #colour() {
    const before = this.slots ?? new Map();
    this.slots = new Map(this.chosen.filter((name) => before.has(name)).map((name) => [name, before.get(name)]));
    for (const name of this.chosen) {
      if (this.slots.has(name)) continue;
      const taken = new Set(this.slots.values());
      let slot = 1;
      while (taken.has(slot)) slot++;
      this.slots.set(name, slot);
    }
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
