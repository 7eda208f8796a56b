import { ask, say } from "./api.js";
import { age, count, element, refill, time } from "./format.js";
import { asEvent } from "./marks.js";
import { remember, remembered } from "./person.js";

const SHOWN = 8;
const GATHER = 500;

const WORDS = {
  unacknowledged: "unacknowledged",
  acknowledged: "acknowledged",
  "returned-unacknowledged": "returned",
  shelved: "shelved",
};

/** What is not normal, and digests of what came too late; absent as long as there is nothing. */
export class Alarms {
  #section = document.getElementById("alarms-section");
  #list = document.getElementById("alarms");
  #count = document.getElementById("alarms-count");
  #more = document.getElementById("alarms-more");
  #form = document.getElementById("ack");
  #answered = null;
  #all = false;
  #last = { alarms: [], digests: [], total: 0, now: Date.now() };

  /** @param {(event: object) => void} onOpen with an alarm, as the event that raised it */
  constructor(onOpen) {
    this.onOpen = onOpen;
    this.#more.addEventListener("click", () => {
      this.#all = !this.#all;
      this.#draw();
    });
    this.#form.addEventListener("close", () => this.#form.returnValue === "say" && this.#acknowledge());
    document.getElementById("ack-cancel").addEventListener("click", () => this.#form.close(""));
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
    const { alarms, digests, total } = this.#last;
    const rows = [...digests.map((one) => this.#digest(one)), ...alarms.map((one) => this.#alarm(one))];
    this.#section.hidden = !rows.length;
    this.#count.textContent = count(total + digests.length);
    this.#more.hidden = rows.length <= SHOWN;
    this.#more.textContent = this.#all ? "Show fewer" : `Show all ${count(rows.length)}`;
    refill(this.#list, this.#all ? rows : rows.slice(0, SHOWN));
  }

  #alarm(alarm) {
    const waits = alarm.state.endsWith("unacknowledged") && !alarm.acknowledgedInCloud;
    const message = element("button", { type: "button", className: "message plain", textContent: alarm.message });
    message.addEventListener("click", () => this.onOpen(asEvent(alarm)));
    return this.#row(alarm, waits, {
      at: alarm.raised,
      state: WORDS[alarm.state] ?? alarm.state,
      where: alarm.series || alarm.edge,
      message,
    });
  }

  #digest(digest) {
    const rules = digest.rules.slice(0, 3).map(({ name, alarms }) => `${count(alarms)} × ${name}`).join(", ");
    const edges = digest.edges.length > 2 ? `${digest.edges.length} edges` : digest.edges.join(", ");
    const standing = digest.standing ? `${count(digest.standing)} still stand` : "none of them stands";
    const words = `${count(digest.alarms)} alarms of ${edges} came late (${rules}), from ${time(digest.from)} to ${time(digest.to)}; ${standing}`;
    return this.#row(digest, !digest.acknowledgedInCloud, {
      at: digest.opened,
      state: "digest",
      where: digest.site ? `site ${digest.site}` : "",
      message: element("span", { className: "message", textContent: words }),
    });
  }

  #row(one, waits, { at, state, where, message }) {
    const acknowledged = one.acknowledgedInCloud;
    const answer = waits
      ? element("button", { type: "button", className: "small-button", textContent: "Acknowledge", ariaLabel: `Acknowledge: ${message.textContent}` })
      : element("span", { className: "by", textContent: acknowledged ? `acknowledged in the cloud by ${acknowledged.who}` : "" });
    if (acknowledged) answer.title = `${time(acknowledged.t)}${acknowledged.why ? `: ${acknowledged.why}` : ""}`;
    if (waits) answer.addEventListener("click", () => this.#ask(one));
    const row = element(
      "li",
      { className: "alarm-row" },
      element("span", { className: `priority ${one.priority}`, textContent: one.priority }),
      element("span", { className: `state ${waits ? "waits" : ""}`, textContent: state }),
      message,
      element("span", { className: "where", textContent: where }),
      element("time", { dateTime: new Date(at).toISOString(), textContent: `${age(this.#last.now - at)} ago`, title: time(at) }),
      answer,
    );
    row.dataset.id = one.id;
    return row;
  }

  #ask(one) {
    this.#answered = { id: one.id, seen: one.updated ?? one.raised };
    document.getElementById("ack-what").textContent = one.message;
    document.getElementById("ack-problem").textContent = "";
    document.getElementById("ack-who").value = remembered();
    this.#form.returnValue = "";
    this.#form.showModal();
  }

  async #acknowledge() {
    const { id, seen } = this.#answered;
    const who = document.getElementById("ack-who").value.trim();
    const why = document.getElementById("ack-why").value.trim();
    remember(who);
    try {
      await say(`alarms/${encodeURIComponent(id)}/ack`, { who, why, seen });
      document.getElementById("ack-why").value = "";
    } catch (failed) {
      document.getElementById("ack-problem").textContent = failed.message;
      this.#form.showModal();
    }
    await this.refresh().catch(() => {});
  }
}
