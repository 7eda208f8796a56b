import { address } from "./api.js";
import { ExploreCard } from "./explorecard.js";
import { ExploreData, question } from "./exploredata.js";
import { Overview } from "./overview.js";
import { age, button, choices, element, page, refill } from "./parts.js";
import { Slots } from "./slots.js";
import * as times from "./timespan.js";
import { Tree } from "./tree.js";

const MOST = 40;
const PAUSE = 90;
const FOLLOW = 10_000;

const MADE = { hours: ", made of hours", days: ", made of days" };

/** Series over any time: from years to seconds, with gaps and their reasons, events, and the week before. */
export class Explorer {
  title = "Explore";
  every = FOLLOW;
  #cursor = null;
  #data = new ExploreData();
  #cards = new Map();
  #slots = new Slots();
  #names = [];
  #span = times.lately(times.USUAL, Date.now());
  #compares = false;
  #bands = true;
  #kept = "";
  #tree;
  #lasts;
  #overview = new Overview((span) => this.#move({ ...span, last: "" }));
  #charts = element("div", { className: "charts explore-charts" });
  #chosen = element("ul", { className: "chosen" });
  #problem = element("p", { className: "problem", role: "alert", hidden: true });
  #when = element("span", { className: "resolution", role: "status" });
  #compareButton = button("Week before", () => this.#set({ compares: !this.#compares }), { className: "small-button toggle" });
  #csv = element("a", { className: "small-button", textContent: "CSV", download: "edgeflow.csv", title: "What the charts show, as a table" });
  #bandButton = button("Min to max", () => this.#set({ bands: !this.#bands }), { className: "small-button toggle" });

  /** @param {{open: Function}} ways what is done with an event */
  constructor(view, { open }) {
    this.view = view;
    this.on = {
      pan: (part) => this.#move(times.pan(this.#span, part, Date.now())),
      zoom: (factor, at) => this.#move(times.zoom(this.#span, factor, at)),
      select: (from, to) => this.#move(times.between(...[from, to].map((part) => this.#span.from + part * (this.#span.to - this.#span.from)))),
      remove: (name) => this.#toggle(name),
      point: (at) => (this.#cursor = at),
      open,
    };
    this.#tree = new Tree({ add: (pattern) => this.#toggle(pattern), toggle: (name) => this.#toggle(name) });
    this.#lasts = choices("Time shown", [...times.LASTS].map(([key, { label }]) => [key, label]), (last) => this.#move(times.lately(last, Date.now())));
    const steps = element(
      "span",
      { className: "steps", role: "group", ariaLabel: "Move and zoom" },
      ...[["←", "Earlier", () => this.on.pan(-0.25)], ["→", "Later", () => this.on.pan(0.25)], ["−", "Further", () => this.on.zoom(2)], ["+", "Nearer", () => this.on.zoom(0.5)]].map(([sign, ariaLabel, does]) => button(sign, does, { ariaLabel, title: ariaLabel })),
    );
    const tools = element("div", { className: "filters explore-tools" }, this.#lasts.node, steps, this.#compareButton, this.#bandButton, this.#csv);
    const main = element("div", { className: "explore-main" }, tools, this.#problem, this.#overview.node, this.#charts);
    const picker = element("details", { className: "picker-box", open: !matchMedia("(max-width: 60rem)").matches }, element("summary", { textContent: "Series" }), this.#chosen, this.#tree.node);
    this.node = page("explore-page", "Explore", element("div", { className: "explore" }, picker, main));
    this.node.querySelector(".tools").append(this.#when);
    new ResizeObserver(() => this.#cards.forEach((card) => card.resize())).observe(this.#charts);
    addEventListener("edgeflow-theme", () => this.#soon());
  }

  focusSearch() {
    this.#tree.node.closest("details").open = true;
    this.#tree.focusSearch();
  }

  /** @returns whether the key means something here */
  key({ key, shiftKey }) {
    const does = {
      ArrowLeft: () => this.on.pan(shiftKey ? -1 : -0.2),
      ArrowRight: () => this.on.pan(shiftKey ? 1 : 0.2),
      "+": () => this.on.zoom(0.5),
      "=": () => this.on.zoom(0.5),
      "-": () => this.on.zoom(2),
      0: () => this.#move(times.lately(times.USUAL, Date.now())),
      n: () => this.#move({ from: Date.now() - (this.#span.to - this.#span.from), to: Date.now(), last: "" }),
      c: () => this.#set({ compares: !this.#compares }),
    }[key];
    does?.();
    return Boolean(does);
  }

  /** Reads the address, unless it was written here. */
  turned(isNew) {
    const own = this.view.own("explore");
    // Whoever comes from the live page goes on with what is shown there.
    if (isNew && !own.has("series")) for (const name of this.view.chosen) own.append("series", name);
    if (own.toString() === this.#kept && !isNew) return;
    this.#kept = own.toString();
    this.#span = times.read(own, Date.now());
    this.#compares = own.get("compare") === "week";
    this.#bands = own.get("band") !== "off";
    this.#choose(own.getAll("series").slice(0, MOST));
    if (!isNew) this.#load().catch(() => {});
  }

  async refresh() {
    this.#tree.refresh().catch(() => {});
    if (this.#span.last) this.#span = times.lately(this.#span.last, Date.now());
    await this.#load(this.#span.to > Date.now() - 2 * FOLLOW);
  }

  #choose(names) {
    this.#names = names;
    this.#tree.choose(names);
    const chips = names.map((name) => {
      const remove = button("×", () => this.#toggle(name), { className: "", ariaLabel: `Remove ${name}` });
      return element("li", { className: "chip plain-chip" }, element("span", { className: "name", textContent: name }), remove);
    });
    if (names.length > 1) chips.push(element("li", {}, button("Remove all", () => this.#say([]))));
    refill(this.#chosen, chips);
  }

  #toggle(name) {
    this.#say(this.#names.includes(name) ? this.#names.filter((one) => one !== name) : [...this.#names, name].slice(-MOST));
  }

  #say(names) {
    this.#choose(names);
    this.#tell();
    this.#load().catch(() => {});
  }

  #set({ compares = this.#compares, bands = this.#bands }) {
    this.#compares = compares;
    this.#bands = bands;
    this.#tell();
    this.#soon();
    this.#load().catch(() => {});
  }

  /** Draws what is here at once, and asks for what is missing when the hand rests. */
  #move(span) {
    this.#span = span;
    this.#soon();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.#tell();
      this.#load().catch(() => {});
    }, PAUSE);
  }

  #tell() {
    const parts = { series: this.#names, ...times.write(this.#span), compare: this.#compares ? "week" : null, band: this.#bands ? null : "off" };
    this.#kept = new URLSearchParams(Object.entries(parts).flatMap(([name, content]) => [content ?? []].flat().map((one) => [name, String(one)]))).toString();
    this.view.tell("explore", parts);
  }

  async #load(force = false) {
    try {
      const loading = this.#data.load(this.#names, this.#span, this.#charts.clientWidth || 900, { compares: this.#compares, force });
      this.#charts.classList.toggle("loading", this.#data.isLoading);
      if (await loading) this.#soon();
      // What is looked at comes first; all of the time behind it.
      this.#overview.of(this.#names).catch(() => {});
      this.#complain(this.#data.unknown.length ? `No series is called ${this.#data.unknown.join(", ")}.` : "");
    } catch (failed) {
      this.#complain(`The data could not be read: ${failed.message}`);
      throw failed;
    } finally {
      this.#charts.classList.toggle("loading", this.#data.isLoading);
    }
  }

  #complain(words) {
    this.#problem.hidden = !words;
    this.#problem.textContent = words;
  }

  #soon() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      if (!this.node.hidden) this.#draw();
    });
  }

  #draw() {
    this.#lasts.set(this.#span.last);
    this.#compareButton.ariaPressed = String(this.#compares);
    this.#bandButton.ariaPressed = String(this.#bands);
    this.#when.textContent = `${times.words(this.#span)}${this.#data.step && this.#names.length ? `, a point is ${age(this.#finest())}${MADE[this.#data.resolution] ?? ""}` : ""}`;
    this.#overview.show(this.#span);
    this.#csv.hidden = !this.#data.step || !this.#names.length;
    if (!this.#csv.hidden) this.#csv.href = address("data", { ...question(this.#names, this.#span, this.#data.step), format: "csv" });
    const groups = this.#groups();
    for (const [key, card] of this.#cards) {
      if (groups.has(key)) continue;
      card.close();
      this.#cards.delete(key);
    }
    this.#charts.dataset.cards = String(groups.size);
    this.#empty(!groups.size && !this.#names.length);
    for (const [key, lines] of groups) {
      const names = new Set(lines.map(({ series }) => series.name));
      const events = this.#data.events.filter(({ t, series }) => names.has(series) && t >= this.#span.from && t <= this.#span.to);
      this.#card(key).draw(lines, { span: this.#span, bands: this.#bands, events, cursor: () => this.#cursor, removable: (name) => this.#names.includes(name) });
    }
    this.#charts.dataset.step = this.#data.step?.text ?? "";
  }

  /** A window that is longer than the step keeps its own length. */
  #finest() {
    const spans = this.#data.series.flatMap(({ points }) => points.slice(-3).filter(({ mean }) => mean !== undefined).map(({ span }) => span));
    return spans.length ? Math.min(...spans) : this.#data.step.millis;
  }

  #groups() {
    const before = new Map((this.#compares ? this.#data.before : []).map((one) => [one.name, one]));
    const groups = new Map();
    this.#slots.keep(this.#data.series.map(({ name }) => name));
    for (const series of this.#data.series) {
      const states = series.points.some((point) => !("mean" in point));
      const key = states ? "States" : series.unit;
      const lines = groups.get(key) ?? groups.set(key, []).get(key);
      lines.push({ series, slot: this.#slots.of(series.name), before: before.get(series.name) });
    }
    return groups;
  }

  #card(key) {
    const known = this.#cards.get(key);
    if (known) return known;
    const card = new ExploreCard(key, this.on);
    this.#charts.append(card.node);
    card.start();
    this.#cards.set(key, card);
    return card;
  }

  #empty(isEmpty) {
    this.#charts.querySelector(".empty")?.remove();
    if (!isEmpty) return;
    const hint = "Find series in the list, by name or with wildcards such as pi-*/pump-?/flow. Those of one unit share a chart.";
    this.#charts.append(element("div", { className: "card empty" }, element("strong", { textContent: "What do you want to see?" }), element("span", { textContent: hint })));
  }
}
