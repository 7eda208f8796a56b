import { say } from "./api.js";
import { remember, remembered } from "./person.js";

/** Asks who acknowledges an alarm or a digest, and tells the cloud. One dialog for the whole page. */
export class Acknowledge {
  #form = document.getElementById("ack");
  #answered = null;
  #then = null;

  constructor() {
    this.#form.addEventListener("close", () => this.#form.returnValue === "say" && this.#acknowledge());
    document.getElementById("ack-cancel").addEventListener("click", () => this.#form.close(""));
  }

  /** @param {() => Promise} then is called when it was said, or could not be */
  ask(one, then) {
    this.#answered = { id: one.id, seen: one.updated ?? one.raised };
    this.#then = then;
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
    await this.#then().catch(() => {});
  }
}
