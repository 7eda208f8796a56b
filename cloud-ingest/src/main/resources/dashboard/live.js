const QUICKEST = 1_000;
const SLOWEST = 15_000;

/**
 * Listens to what is being committed. Emits `points`, `runs` and `events` with the parsed items,
 * `state` with live, connecting or lost, `listening` each time that the server begins to tell, and
 * `missed` when something may not have been heard.
 */
export class Live extends EventTarget {
  #source = null;
  #delay = QUICKEST;
  #wasOpen = false;
  #patterns = [];

  /** @param {string[]} patterns empty for everything */
  listen(patterns) {
    this.#patterns = patterns;
    this.#open();
  }

  #open() {
    this.#source?.close();
    const query = new URLSearchParams(this.#patterns.map((pattern) => ["series", pattern]));
    const source = new EventSource(`/api/v1/stream?${query}`);
    this.#source = source;
    // The browser says open when it has an answer; the server says so, with data, when it listens for us.
    source.addEventListener("open", ({ data }) => data !== undefined && this.#opened());
    source.addEventListener("error", () => this.#failed(source));
    source.addEventListener("gap", () => this.dispatchEvent(new Event("missed")));
    for (const kind of ["points", "runs", "events"]) {
      source.addEventListener(kind, (event) =>
        this.dispatchEvent(new CustomEvent(kind, { detail: JSON.parse(event.data) })),
      );
    }
  }

  #opened() {
    this.#delay = QUICKEST;
    this.#tell("live");
    this.dispatchEvent(new Event("listening"));
    if (this.#wasOpen) this.dispatchEvent(new Event("missed"));
    this.#wasOpen = true;
  }

  /**
   * The browser gives up for good after an answer that is no stream, such as 503, and waits long after
   * others: we ask again by ourselves, soon at first.
   */
  #failed(source) {
    if (source !== this.#source) return;
    source.close();
    this.#tell(this.#delay > QUICKEST ? "lost" : "connecting");
    setTimeout(() => source === this.#source && this.#open(), this.#delay * (0.75 + Math.random() / 2));
    this.#delay = Math.min(this.#delay * 2, SLOWEST);
  }

  #tell(state) {
    this.dispatchEvent(new CustomEvent("state", { detail: state }));
  }
}
