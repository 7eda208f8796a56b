import { newestAlarmed } from "./actions.js";
import { ask } from "./api.js";
import { deviceOf } from "./scores.js";
import { MOST_CHOSEN } from "./state.js";

const CHOSEN_AT_FIRST = 3;

/** Chooses something to show on the live page. */
export class Chooser {
  constructor(view, list, scores) {
    this.view = view;
    this.list = list;
    this.scores = scores;
  }

  /** Shows something at once, if the address names nothing: what the newest alarm is of, or the first few series. */
  async some() {
    if (this.view.chosen.length) return;
    const alarmed = await this.#alarmed().catch(() => []);
    if (this.view.chosen.length) return;
    if (alarmed.length) {
      this.view.choose(alarmed);
      return;
    }
    const numbers = this.list.all.filter((series) => series.kind === "gauge");
    const names = aFew(numbers.filter((series) => series.edge === numbers[0]?.edge));
    if (names.length) this.view.choose(names);
  }

  /** What the model in a slot says; false if it said nothing yet. */
  async slot(edge, slot) {
    const { series } = await ask("series", { match: `${edge}/*/${slot}.*`, limit: MOST_CHOSEN });
    if (!series.length) return false;
    this.view.page = "live";
    this.view.choose(series.map(({ name }) => name));
    return true;
  }

  /** Of an alarm on a score, what the score is of: the score stands below it. */
  async #alarmed() {
    const name = await newestAlarmed();
    if (!name) return [];
    await this.scores.refresh([]);
    if (!this.scores.isScore(name)) return [name];
    const subject = name.slice(0, name.lastIndexOf("/"));
    if (subject !== deviceOf(name)) return [subject];
    const { series } = await ask("series", { match: `${subject}/*`, limit: 50 });
    const inputs = aFew(series.filter((one) => one.kind === "gauge" && !this.scores.isScore(one.name)));
    return inputs.length ? inputs : [name];
  }
}

/** The first of each unit. */
function aFew(numbers) {
  const units = new Map(numbers.map((series) => [series.unit, series.name]).reverse());
  return [...units.values()].reverse().slice(0, CHOSEN_AT_FIRST);
}
