import { ask } from "./api.js";
import { judge } from "./fleetrank.js";

/** What changes seldom is asked for as seldom as that. */
const SELDOM = 30_000;

/** Joins what the cloud knows of each edge: its delivery, its models, its alarms. */
export class FleetData {
  #asked = -Infinity;
  #deployed = new Map();
  #alarms = new Map();

  /** @returns `{now, edges}`, each edge judged */
  async read() {
    const [{ edges, now }] = await Promise.all([ask("edges"), this.#rest()]);
    const judged = edges.map((edge) =>
      judge(edge, this.#deployed.get(edge.name), this.#alarms.get(edge.name) ?? 0, now),
    );
    return { now, edges: judged };
  }

  /** Without it the page still tells of every edge, so its failures are no reason to show nothing. */
  async #rest() {
    if (Date.now() - this.#asked < SELDOM) return;
    this.#asked = Date.now();
    const [fleet, alarms] = await Promise.allSettled([ask("fleet"), ask("alarms", { late: true })]);
    if (fleet.value) this.#deployed = new Map(fleet.value.edges.map((one) => [one.edge, one]));
    if (alarms.value) this.#alarms = waiting(alarms.value.alarms);
  }
}

function waiting(alarms) {
  const found = new Map();
  for (const { edge, state, acknowledgedInCloud } of alarms) {
    if (state.endsWith("unacknowledged") && !acknowledgedInCloud) found.set(edge, (found.get(edge) ?? 0) + 1);
  }
  return found;
}
