import { age, count, element, refill, time } from "./format.js";
import { verbsOf } from "./stop.js";

/** What a square says of its edge, from the first to the last. */
const STEPS = {
  apart: "left out",
  waiting: "waits",
  issued: "asked",
  underway: "underway",
  active: "soaking",
  passed: "passed",
  failed: "failed",
  "going-back": "going back",
  back: "back",
  stuck: "stuck",
};

const ON_THE_WAY = ["issued", "underway", "trying", "active"];

const SHOWN_EVENTS = 12;

/** One rollout: its waves with a square for each edge, what its gates say and why, and what happened. */
export class Rollout {
  #place = document.getElementById("rollout");
  #edge = "";

  /** @param {(rollout: object) => void} onStop somebody wants it to stop */
  constructor(onStop) {
    this.onStop = onStop;
  }

  hide() {
    this.#place.hidden = true;
  }

  draw(detail, now) {
    this.detail = detail;
    this.now = now;
    this.#place.hidden = false;
    this.#place.dataset.id = detail.rollout.id;
    refill(this.#place, [this.#head(), this.#words(), this.#waves(), legend(detail.edges), ...this.#reasons(), this.#history()]);
  }

  #head() {
    const { rollout } = this.detail;
    const bundle = rollout.bundle;
    const title = element(
      "h2",
      { className: "model-name" },
      rollout.name || rollout.id,
      element("span", { className: "version", textContent: `${bundle.model} ${bundle.version}` }),
      element("code", { className: "digest", textContent: bundle.digest.slice(0, 12), title: bundle.digest }),
      element("span", { className: `model-state ${rollout.status}`, textContent: rollout.status }),
    );
    const stop = element("button", { type: "button", className: "stop-button", id: "stop-button", textContent: words(rollout.status) });
    stop.hidden = !verbsOf(rollout).length;
    stop.addEventListener("click", () => this.onStop(rollout));
    return element("div", { className: "card-head" }, title, stop);
  }

  #words() {
    const { rollout } = this.detail;
    const by = rollout.who ? ` Begun by ${rollout.who}${rollout.why ? `: ${rollout.why}` : ""}.` : "";
    const text = `${rollout.text.charAt(0).toUpperCase()}${rollout.text.slice(1)}`.replace(/[.]?$/, ".");
    return element("p", { className: "rollout-text", textContent: `${text}${by}` });
  }

  #waves() {
    const { waves, edges } = this.detail;
    const columns = waves.map((wave) =>
      this.#wave(wave, edges.filter((edge) => edge.wave === wave.wave)),
    );
    return element("div", { className: "waves", role: "list", ariaLabel: "Waves" }, ...columns);
  }

  #wave(wave, edges) {
    const squares = edges.map((edge) => this.#square(edge));
    const verdict = wave.begun ? wave.verdict : "waits";
    const early = this.detail.rollout.status === "running" && onTheWay(wave.count) > 0;
    return element(
      "section",
      { className: `wave ${wave.begun ? verdict : "later"}`, role: "listitem" },
      element("h3", {}, `Wave ${wave.wave}`, element("span", { className: `verdict-word ${verdict}`, textContent: said(verdict, early) })),
      element("div", { className: "squares" }, ...squares),
      element("p", { className: "wave-text", textContent: wave.begun ? wave.text : `${count(edges.length)} ${edges.length === 1 ? "edge" : "edges"}` }),
    );
  }

  #square(edge) {
    const step = stepOf(edge);
    const words = `${edge.edge}: ${STEPS[step] ?? step}${edge.silent ? ", silent" : ""}${edge.detail ? ` – ${edge.detail}` : ""}`;
    const square = element("button", {
      type: "button",
      className: `square ${step} ${edge.silent ? "silent" : ""} ${edge.edge === this.#edge ? "chosen" : ""}`,
      title: words,
      ariaLabel: words,
    });
    square.dataset.edge = edge.edge;
    square.addEventListener("click", () => {
      this.#edge = this.#edge === edge.edge ? "" : edge.edge;
      this.draw(this.detail, this.now);
    });
    return square;
  }

  /** Of the edge that was chosen, else of those that failed: what their gates say. */
  #reasons() {
    const { edges } = this.detail;
    const chosen = edges.filter((edge) => edge.edge === this.#edge);
    const shown = chosen.length ? chosen : edges.filter((edge) => edge.failed).slice(0, 3);
    return shown.map((edge) => evidence(edge, this.now));
  }

  #history() {
    const lines = this.detail.history.slice(-SHOWN_EVENTS).reverse();
    const items = lines.map((entry) =>
      element(
        "li",
        {},
        element("time", { dateTime: new Date(entry.at).toISOString(), textContent: time(entry.at) }),
        element("span", { className: "message", textContent: [entry.edge, entry.what, entry.detail].filter(Boolean).join(" · ") }),
        element("span", { className: "where", textContent: [entry.who, entry.why].filter(Boolean).join(": ") }),
      ),
    );
    return element("section", { className: "rollout-history" }, element("h3", { textContent: "What happened" }), element("ol", {}, ...items));
  }
}

/** How many edges of a wave may still come to something. */
function onTheWay({ waiting, issued, underway, active }) {
  return waiting + issued + underway + active;
}

/** What has only just begun is not in doubt yet. */
function said(verdict, early) {
  return verdict === "inconclusive" && early ? "too early" : verdict;
}

function stepOf(edge) {
  const goesBack = ["going-back", "back", "stuck"].includes(edge.step);
  return edge.failed && !goesBack ? "failed" : edge.step;
}

function words(status) {
  return ["done", "aborted"].includes(status) ? "Take it back" : "Stop this rollout";
}

function legend(edges) {
  const counts = new Map();
  for (const edge of edges) counts.set(stepOf(edge), (counts.get(stepOf(edge)) ?? 0) + 1);
  const silent = edges.filter((edge) => edge.silent && edge.wave).length;
  const parts = Object.keys(STEPS)
    .filter((step) => counts.has(step))
    .map((step) => element("span", {}, element("i", { className: `square ${step}` }), `${count(counts.get(step))} ${STEPS[step]}`));
  if (silent) parts.push(element("span", {}, element("i", { className: "square silent" }), `${count(silent)} silent: neither good nor bad`));
  return element("p", { className: "legend" }, ...parts);
}

function evidence(edge, now) {
  const seen = edge.evidence;
  const facts = [
    ["step", STEPS[stepOf(edge)] ?? edge.step],
    ["asked", edge.issued ? `${age(now - edge.issued)} ago${edge.seen ? "" : ", not seen yet"}` : "not yet"],
    ...(edge.total && edge.done < edge.total ? [["download", `${Math.floor((100 * edge.done) / edge.total)} %`]] : []),
    ...(seen ? [["rows scored", count(seen.rows)], ["alarms", `${count(seen.alarms)} of its rows`], ["served", `${count(seen.seconds)} s`]] : []),
    ["goes back to", edge.before ? edge.before.slice(0, 12) : "what its configuration names"],
  ];
  const early = ON_THE_WAY.includes(edge.step) && !edge.proven && !edge.failed;
  const gates = edge.gates.map((gate) =>
    element(
      "li",
      { className: gate.verdict },
      element("span", { className: `verdict-word ${gate.verdict}`, textContent: said(gate.verdict, early) }),
      element("b", { textContent: gate.gate }),
      element("span", { textContent: gate.text }),
    ),
  );
  return element(
    "section",
    { className: "evidence" },
    element("h3", {}, edge.edge, element("span", { className: "where", textContent: edge.site })),
    element("p", { className: edge.failed ? "late" : "", textContent: edge.refusal || edge.detail }),
    element("dl", { className: "facts" }, ...facts.map(([term, text]) => element("div", {}, element("dt", { textContent: term }), element("dd", { textContent: text })))),
    element("ul", { className: "gates", ariaLabel: `Gates of ${edge.edge}` }, ...gates),
  );
}
