import { age, count, element, time } from "./format.js";
import { asEvent } from "./marks.js";

const WORDS = {
  unacknowledged: "unacknowledged",
  acknowledged: "acknowledged",
  "returned-unacknowledged": "returned",
  shelved: "shelved",
};

/** Whether somebody still has to say that they know of it. */
export function waits(alarm) {
  return alarm.state.endsWith("unacknowledged") && !alarm.acknowledgedInCloud;
}

/** @param {{now: number, open: Function, ask: Function}} how what a click on it or on its button does */
export function alarmRow(alarm, { now, open, ask }) {
  const message = element("button", { type: "button", className: "message plain", textContent: alarm.message });
  message.addEventListener("click", () => open(asEvent(alarm)));
  const state = WORDS[alarm.state] ?? alarm.state;
  return row(alarm, waits(alarm), { at: alarm.raised, now, state, where: alarm.series || alarm.edge, message, ask });
}

export function digestRow(digest, { now, ask }) {
  const rules = digest.rules.slice(0, 3).map(({ name, alarms }) => `${count(alarms)} × ${name}`).join(", ");
  const edges = digest.edges.length > 2 ? `${digest.edges.length} edges` : digest.edges.join(", ");
  const standing = digest.standing ? `${count(digest.standing)} still stand` : "none of them stands";
  const words = `${count(digest.alarms)} alarms of ${edges} came late (${rules}), from ${time(digest.from)} to ${time(digest.to)}; ${standing}`;
  const message = element("span", { className: "message", textContent: words });
  const where = digest.site ? `site ${digest.site}` : "";
  return row(digest, !digest.acknowledgedInCloud, { at: digest.opened, now, state: "digest", where, message, ask });
}

function row(one, isWaiting, { at, now, state, where, message, ask }) {
  const acknowledged = one.acknowledgedInCloud;
  const answer = isWaiting
    ? element("button", { type: "button", className: "small-button", textContent: "Acknowledge", ariaLabel: `Acknowledge: ${message.textContent}` })
    : element("span", { className: "by", textContent: acknowledged ? `acknowledged in the cloud by ${acknowledged.who}` : "" });
  if (acknowledged) answer.title = `${time(acknowledged.t)}${acknowledged.why ? `: ${acknowledged.why}` : ""}`;
  if (isWaiting) answer.addEventListener("click", () => ask(one));
  const node = element(
    "li",
    { className: "alarm-row" },
    element("span", { className: `priority ${one.priority}`, textContent: one.priority }),
    element("span", { className: `state ${isWaiting ? "waits" : ""}`, textContent: state }),
    message,
    element("span", { className: "where", textContent: where }),
    element("time", { dateTime: new Date(at).toISOString(), textContent: `${age(now - at)} ago`, title: time(at) }),
    answer,
  );
  node.dataset.id = one.id;
  return node;
}
