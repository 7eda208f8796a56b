import { ask } from "./api.js";
import { segments } from "./band.js";
import { element, time } from "./parts.js";
import { stepFor, words } from "./timespan.js";

const NAMESPACE = "http://www.w3.org/2000/svg";
const POINTS = 240;
const MOST_LINES = 3;
const HEIGHT = 40;
const DAY = 86_400_000;

/** What is older is found by zooming out. */
const OLDEST = 3 * 365 * DAY;

/** All that there is of the series, small, and in it a window on what is shown: to be moved and stretched. */
export class Overview {
  #lines = document.createElementNS(NAMESPACE, "svg");
  #window = element("div", { className: "window" });
  #left = element("span", { className: "end" });
  #right = element("span", { className: "end" });
  #whole = { from: Date.now() - DAY, to: Date.now() };
  #span = this.#whole;
  #known = "";

  /** @param {(span: {from: number, to: number}) => void} onSpan */
  constructor(onSpan) {
    this.onSpan = onSpan;
    this.#lines.setAttribute("preserveAspectRatio", "none");
    this.#window.append(element("i", { className: "handle left" }), element("i", { className: "handle right" }));
    this.#left.className = "end first";
    const track = element("div", { className: "track" }, this.#lines, this.#window);
    this.track = track;
    this.node = element("div", { className: "overview", ariaHidden: "true" }, track, element("div", { className: "ends" }, this.#left, this.#right));
    this.#drag();
  }

  /** Shows the whole time of these series; asks for them only if they are others than before. */
  async of(names) {
    const now = Date.now();
    const question = JSON.stringify([names.slice(0, MOST_LINES), Math.round(now / 600_000)]);
    if (question === this.#known) return;
    this.#known = question;
    const asked = names.slice(0, MOST_LINES);
    const from = asked.length ? await oldest(asked, now) : now;
    if (question !== this.#known) return;
    this.#whole = { from: Math.min(from, now - 3_600_000), to: now };
    const step = stepFor(now - this.#whole.from, POINTS);
    const { series } = asked.length ? await ask("data", { series: asked, from: Math.floor(this.#whole.from), to: now, step: step.text }) : { series: [] };
    if (question !== this.#known) return;
    this.node.hidden = !series.length;
    this.#place();
    this.#draw(series.filter(({ points }) => points.some(({ mean }) => typeof mean === "number")));
  }

  /** What is shown now. */
  show(span) {
    this.#span = span;
    this.#place();
  }

  #draw(series) {
    const { from, to } = this.#whole;
    this.#lines.setAttribute("viewBox", `0 0 1000 ${HEIGHT}`);
    const paths = series.slice(0, MOST_LINES).map(({ points }, i) => {
      const valued = points.filter(({ mean }) => typeof mean === "number");
      const low = Math.min(...valued.map(({ mean }) => mean));
      const room = Math.max(...valued.map(({ mean }) => mean)) - low || 1;
      const corner = (point) => {
        const x = (1000 * (point.t + point.span / 2 - from)) / (to - from);
        return `${x.toFixed(1)} ${(HEIGHT - 4 - ((HEIGHT - 8) * (point.mean - low)) / room).toFixed(1)}`;
      };
      const path = document.createElementNS(NAMESPACE, "path");
      const parts = segments(points.filter(({ mean }) => typeof mean === "number"));
      path.setAttribute("d", parts.map((part) => `M${part.map(corner).join("L")}`).join(""));
      path.setAttribute("style", `stroke:var(--data-${i + 1})`);
      return path;
    });
    this.#lines.replaceChildren(...paths);
  }

  #place() {
    const { from, to } = this.#whole;
    const part = (at) => Math.min(1, Math.max(0, (at - from) / (to - from)));
    const [left, right] = [part(this.#span.from), part(this.#span.to)];
    this.#window.style.left = `min(${100 * left}%, 100% - 8px)`;
    this.#window.style.width = `max(8px, ${100 * (right - left)}%)`;
    this.#left.textContent = time(from);
    this.#right.textContent = "now";
    this.#window.title = words(this.#span);
  }

  /** On a handle it stretches, in the window it moves, beside it begins a new one. */
  #drag() {
    let held = null;
    const at = (event) => {
      const box = this.track.getBoundingClientRect();
      const part = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
      return this.#whole.from + part * (this.#whole.to - this.#whole.from);
    };
    this.track.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      this.track.setPointerCapture(event.pointerId);
      const handle = event.target.classList.contains("handle") ? (event.target.classList.contains("left") ? "left" : "right") : "";
      const moves = event.target === this.#window;
      held = { kind: handle || (moves ? "move" : "new"), at: at(event), span: this.#span };
    });
    this.track.addEventListener("pointermove", (event) => {
      if (held) this.#dragged(held, at(event));
    });
    const end = (event) => {
      if (held?.kind === "new" && Math.abs(at(event) - held.at) < (this.#whole.to - this.#whole.from) / 200) this.#centre(held.at);
      held = null;
    };
    this.track.addEventListener("pointerup", end);
    this.track.addEventListener("pointercancel", () => (held = null));
  }

  #dragged({ kind, at, span }, now) {
    if (kind === "left") this.#say(now, span.to);
    else if (kind === "right") this.#say(span.from, now);
    else if (kind === "move") this.#say(span.from + now - at, span.to + now - at);
    else if (Math.abs(now - at) > 1_000) this.#say(at, now);
  }

  #centre(at) {
    const half = (this.#span.to - this.#span.from) / 2;
    this.#say(at - half, at + half);
  }

  #say(one, other) {
    this.onSpan({ from: Math.min(one, other), to: Math.max(one, other) });
  }
}

/** From when on there is anything; coarsely first, so that years cost little. */
async function oldest(names, now) {
  let from = now - OLDEST;
  for (const step of ["30d", "1d"]) {
    const to = step === "1d" ? Math.min(now, from + 31 * DAY) : now;
    const { series } = await ask("data", { series: names, from, to, step });
    const first = Math.min(...series.map(({ points }) => points[0]?.t ?? Infinity));
    if (first === Infinity) return from;
    from = Math.max(first, now - OLDEST);
  }
  return from;
}
