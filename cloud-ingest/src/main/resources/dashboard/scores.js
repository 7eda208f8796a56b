import { ask } from "./api.js";

const EVERY = 30_000;

/** A slot and an output of its model: the last word of a score's name. */
const SCORE = /^([a-z0-9_-]{1,32})\.[a-z0-9_-]{1,64}$/;

/**
 * Which scores belong to a series: those of its device (`pump-7/wear.score`), and its own where a
 * model looks at each series by itself (`pump-7/flow/wear.score`).
 */
export class Scores {
  #known = new Map();
  #slots = new Set();
  #asked = -Infinity;

  /** @param list of series; where that is not complete, the server is asked for each device */
  constructor(list) {
    this.list = list;
  }

  async refresh(chosen) {
    if (Date.now() - this.#asked > EVERY) {
      this.#asked = Date.now();
      this.#known.clear();
      const { models } = await ask("models");
      this.#slots = new Set(models.flatMap(({ edges }) => edges.map(({ edge, slot }) => `${edge} ${slot}`)));
    }
    if (this.list.complete) return;
    for (const device of new Set(chosen.map(deviceOf))) {
      if (this.#known.has(device)) continue;
      const { series } = await ask("series", { match: `${device}/*.*`, limit: 200 });
      this.#known.set(device, series.map(({ name }) => name));
    }
  }

  /** The names of the scores of a series, that itself never. */
  of(name) {
    const device = deviceOf(name);
    const all = this.list.complete ? this.list.all.map((series) => series.name) : (this.#known.get(device) ?? []);
    return all.filter((other) => {
      const word = other.split("/").at(-1);
      const of = other.slice(0, -word.length - 1);
      return other !== name && (of === device || of === name) && this.isScore(other);
    });
  }

  isScore(name) {
    const [, slot] = SCORE.exec(name.split("/").at(-1)) ?? [];
    return Boolean(slot) && (name.endsWith(".score") || this.#slots.has(`${name.split("/")[0]} ${slot}`));
  }
}

/** `pi-7/pump-7` of `pi-7/pump-7/flow`. */
export function deviceOf(name) {
  return name.split("/").slice(0, 2).join("/");
}
