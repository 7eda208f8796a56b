/** Numbers from 1, for colours: a name keeps its number for as long as it is among those that are shown. */
export class Slots {
  #slots = new Map();

  of(name) {
    return this.#slots.get(name);
  }

  /** @param {string[]} names all that are shown now */
  keep(names) {
    const there = new Set(names);
    for (const name of this.#slots.keys()) if (!there.has(name)) this.#slots.delete(name);
    const taken = new Set(this.#slots.values());
    let slot = 1;
    for (const name of there) {
      if (this.#slots.has(name)) continue;
      while (taken.has(slot)) slot++;
      taken.add(slot);
      this.#slots.set(name, slot);
    }
  }
}
