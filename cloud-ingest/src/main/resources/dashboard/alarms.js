import { alarmRow, digestRow } from "./alarmrows.js";
import { ask } from "./api.js";
import { count, refill } from "./format.js";

const SHOWN = 8;
const GATHER = 500;

/** What is not normal, and digests of what came too late; absent as long as there is nothing. */
export class Alarms {
  #section = document.getElementById("alarms-section");
  #list = document.getElementById("alarms");
  #count = document.getElementById("alarms-count");
  #more = document.getElementById("alarms-more");
  #all = false;
  #last = { alarms: [], digests: [], total: 0, now: Date.now() };

  /** @param {(event: object) => void} onOpen with an alarm, as the event that raised it */
  constructor(onOpen, acknowledge) {
    this.onOpen = onOpen;
    this.acknowledge = acknowledge;
    this.#more.addEventListener("click", () => {
      this.#all = !this.#all;
      this.#draw();
    });
  }

  async refresh() {
    this.#last = await ask("alarms", { limit: 200 });
    this.#draw();
  }

  /** Something happened: what alarms are now, the server knows. */
  heard(items) {
    if (!items.some((item) => item.type.startsWith("alarm-"))) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.refresh().catch(() => {});
    }, GATHER);
  }

  #draw() {
    const { alarms, digests, total, now } = this.#last;
    const how = { now, open: this.onOpen, ask: (one) => this.acknowledge.ask(one, () => this.refresh()) };
    const rows = [...digests.map((one) => digestRow(one, how)), ...alarms.map((one) => alarmRow(one, how))];
    this.#section.hidden = !rows.length;
    this.#count.textContent = count(total + digests.length);
    this.#more.hidden = rows.length <= SHOWN;
    this.#more.textContent = this.#all ? "Show fewer" : `Show all ${count(rows.length)}`;
    refill(this.#list, this.#all ? rows : rows.slice(0, SHOWN));
  }
}
