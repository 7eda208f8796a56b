import { ask } from "./api.js";
import { age, count, element, shortCount } from "./format.js";
import { staleness } from "./poll.js";

/** An answer may be late by so much before it is worth a word. */
const WORTH_SAYING = 5_000;

const LINK = { live: "live", connecting: "connecting", lost: "connection lost" };

/** The account of all readings, in a line. */
export async function account() {
  const { readings, balances } = await ask("ledger", { brief: true });
  const gone = readings.refused + readings.dropped + readings.lost;
  const place = document.getElementById("ledger");
  place.replaceChildren(
    entry("accepted", readings.accepted),
    entry("stored", readings.stored),
    entry("missing", readings.missing, readings.missing ? "some" : ""),
    ...(gone ? [entry("not stored", gone, "some")] : []),
    verdict(balances),
  );
  place.hidden = false;
}

function entry(term, number, className = "") {
  return element(
    "div",
    { title: `${count(number)} readings ${term}` },
    element("dt", { textContent: term }),
    element("dd", { textContent: shortCount(number), className }),
  );
}

function verdict(balances) {
  return element(
    "div",
    { title: "Every numbered frame is accounted for, and so is every reading in it." },
    element("dt", { className: "unseen", textContent: "account" }),
    element("dd", { className: balances ? "verdict" : "verdict off", textContent: balances ? "balanced" : "does not balance" }),
  );
}

/** What the database may lose although it was acknowledged. */
export async function risks() {
  const { database } = await ask("status");
  const place = document.getElementById("risk");
  place.hidden = !database.atRisk;
  place.textContent = database.risks.map((risk) => `The database is at risk: ${risk}.`).join(" ");
}

/** Whether news comes in, and how old what is shown is if it does not. */
export function showLink(live) {
  const place = document.getElementById("link");
  live.addEventListener("state", ({ detail }) => {
    place.dataset.state = detail;
    place.textContent = LINK[detail];
  });
  const stale = document.getElementById("stale");
  setInterval(() => {
    const late = staleness();
    stale.hidden = late < WORTH_SAYING;
    document.documentElement.classList.toggle("old-data", !stale.hidden);
    if (!stale.hidden) stale.textContent = `shown: ${age(late)} old`;
  }, 1_000);
}
