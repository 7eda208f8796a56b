import { ask } from "./api.js";
import { age, count, element, refill, time } from "./format.js";
import { Matrix } from "./matrix.js";
import { Rollout } from "./rollout.js";
import { Stop } from "./stop.js";

/** Rollouts by age, one of them opened, and below what runs where. */
export class Rollouts {
  #list = document.getElementById("rollouts");
  #note = document.getElementById("rollouts-note");
  #problem = document.getElementById("rollouts-problem");
  #matrix = new Matrix();

  constructor(view) {
    this.view = view;
    this.stop = new Stop(() => this.refresh());
    this.rollout = new Rollout((one) => this.stop.ask(one));
  }

  async refresh() {
    try {
      const [{ rollouts, now }, fleet] = await Promise.all([ask("rollouts"), ask("fleet")]);
      this.#say(fleet.objection ? `Edges take nothing from this cloud: ${fleet.objection}` : "");
      this.#draw(rollouts, now);
      this.#matrix.draw(fleet);
      await this.#open(rollouts, now);
    } catch (failed) {
      this.#say(`The rollouts could not be read: ${failed.message}`);
      throw failed;
    }
  }

  #say(problem) {
    this.#problem.hidden = !problem;
    this.#problem.textContent = problem;
  }

  #draw(rollouts, now) {
    this.#note.hidden = rollouts.length > 0;
    const opened = this.#opened(rollouts)?.id;
    refill(this.#list, rollouts.map((one) => this.#row(one, one.id === opened, now)));
  }

  /** What the address names, else what moves, else the newest. */
  #opened(rollouts) {
    return (
      rollouts.find(({ id }) => id === this.view.rollout) ??
      rollouts.find(({ status }) => ["running", "rolling-back", "paused"].includes(status)) ??
      rollouts[0]
    );
  }

  #row(one, opened, now) {
    const name = element("button", { type: "button", className: "message plain", textContent: one.name || one.id });
    name.addEventListener("click", () => {
      this.view.open(one.id);
      this.refresh().catch(() => {});
    });
    const row = element(
      "li",
      { className: `rollout-row ${opened ? "opened" : ""}` },
      element("span", { className: `model-state ${one.status}`, textContent: one.status }),
      name,
      element("span", { className: "where", textContent: `${one.bundle.model} ${one.bundle.version} in ${one.bundle.slot}` }),
      element("span", { className: "where", textContent: wavesOf(one) }),
      element("time", { dateTime: new Date(one.created).toISOString(), textContent: `${age(now - one.created)} ago`, title: time(one.created) }),
    );
    row.dataset.id = one.id;
    return row;
  }

  async #open(rollouts, now) {
    const one = this.#opened(rollouts);
    if (!one) return this.rollout.hide();
    this.rollout.draw(await ask(`rollouts/${encodeURIComponent(one.id)}`), now);
  }
}

function wavesOf({ wave, waves }) {
  if (!waves) return "";
  return wave ? `wave ${wave} of ${count(waves)}` : `${count(waves)} ${waves === 1 ? "wave" : "waves"}`;
}
