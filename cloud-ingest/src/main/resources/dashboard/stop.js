import { say } from "./api.js";
import { element } from "./format.js";
import { remember, remembered } from "./person.js";

const VERBS = {
  undo: ["Take it back everywhere", "every edge that got it returns to what it ran before"],
  abort: ["Stop for good", "no further edge begins, edges on the way return, edges that run it keep it"],
  pause: ["Pause", "no further edge begins; edges that began go on"],
  resume: ["Go on", "what failed so far is accepted"],
};

/** Asks how a rollout is to be stopped, who wants it and why, and has it done. */
export class Stop {
  #form = document.getElementById("stop");
  #verbs = document.getElementById("stop-verbs");
  #problem = document.getElementById("stop-problem");

  /** @param {() => Promise<void>} onDone it was done */
  constructor(onDone) {
    this.onDone = onDone;
    document.getElementById("stop-cancel").addEventListener("click", () => this.#form.close(""));
    this.#form.addEventListener("close", () => this.#form.returnValue === "say" && this.#say());
  }

  ask(rollout) {
    this.rollout = rollout;
    const done = ["done", "aborted"].includes(rollout.status);
    document.getElementById("stop-title").textContent = done ? "Take this rollout back" : "Stop this rollout";
    document.getElementById("stop-what").textContent = `${rollout.name || rollout.id}: ${rollout.text}`;
    document.getElementById("stop-say").textContent = done ? "Take it back" : "Do it";
    this.#choices(verbsOf(rollout));
    document.getElementById("stop-who").value = remembered();
    this.#problem.textContent = "";
    this.#form.returnValue = "";
    this.#form.showModal();
  }

  #choices(verbs) {
    const legend = this.#verbs.querySelector("legend");
    this.#verbs.replaceChildren(
      legend,
      ...verbs.map((verb, i) =>
        element(
          "label",
          { className: "choice" },
          element("input", { type: "radio", name: "verb", value: verb, checked: i === 0 }),
          element("span", {}, element("b", { textContent: VERBS[verb][0] }), element("small", { textContent: VERBS[verb][1] })),
        ),
      ),
    );
  }

  async #say() {
    const verb = this.#form.querySelector("[name=verb]:checked").value;
    const who = document.getElementById("stop-who").value.trim();
    const why = document.getElementById("stop-why").value.trim();
    remember(who);
    try {
      await say(`rollouts/${encodeURIComponent(this.rollout.id)}/${verb}`, { who, why });
      document.getElementById("stop-why").value = "";
    } catch (failed) {
      this.#problem.textContent = failed.message;
      this.#form.showModal();
    }
    await this.onDone().catch(() => {});
  }
}

/** What may be asked of a rollout as it is; the first is what most people mean. */
export function verbsOf({ status, waves, text }) {
  const undo = waves > 0 ? ["undo"] : []; // Before its waves are drawn it has changed nothing.
  switch (status) {
    case "queued":
    case "running":
      return [...undo, "abort", "pause"];
    case "paused":
      return [...undo, "abort", "resume"];
    case "rolling-back": // Of one that goes back anyway there is nothing to ask.
      return text.startsWith("is being aborted") ? ["undo"] : [];
    case "done":
    case "aborted":
      return undo;
    default:
      return [];
  }
}
