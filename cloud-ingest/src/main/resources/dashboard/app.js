import { newestAlarmed } from "./actions.js";
import { Alarms } from "./alarms.js";
import { ask } from "./api.js";
import { Charts } from "./charts.js";
import { Edges } from "./edges.js";
import { Events } from "./events.js";
import { count, element, shortCount } from "./format.js";
import { Live } from "./live.js";
import { Models } from "./models.js";
import { Rollouts } from "./rollouts.js";
import { Saw } from "./saw.js";
import { Scores, deviceOf } from "./scores.js";
import { SeriesList } from "./series.js";
import { MOST_CHOSEN, RANGES, View } from "./state.js";

const EDGES_EVERY = 5_000;
const SERIES_EVERY = 15_000;
const LEDGER_EVERY = 5_000;
const RISKS_EVERY = 20_000;
const ALARMS_EVERY = 15_000;
const MODELS_EVERY = 10_000;
const ROLLOUTS_EVERY = 2_000;
const CHOSEN_AT_FIRST = 3;

const view = new View();
const list = new SeriesList(view);
const edges = new Edges((edge) => list.only(edge));
const events = new Events();
const scores = new Scores(list);
const saw = new Saw(scores);
const alarms = new Alarms((event) => saw.open(event));
const models = new Models((edge, slot) => chartsOf(edge, slot).catch((failed) => problem(`The scores could not be read: ${failed.message}`)));
const rollouts = new Rollouts(view);
const charts = new Charts(view, list, scores, { problem, open: (event) => saw.open(event) });
const live = new Live();

function problem(text) {
  const place = document.getElementById("problem");
  place.hidden = !text;
  place.textContent = text;
}

/** Asks again and again while the page is seen; a failure is the next round's business. */
function repeat(work, every) {
  const round = async () => {
    if (!document.hidden) await work().catch(() => {});
    setTimeout(round, every);
  };
  document.addEventListener("visibilitychange", () => document.hidden || work().catch(() => {}));
  return round();
}

function ranges() {
  const place = document.getElementById("ranges");
  for (const [key, { label }] of RANGES) {
    const radio = element("input", { type: "radio", name: "range", value: key, checked: key === view.range });
    radio.addEventListener("change", () => view.show(key));
    place.append(element("label", {}, radio, element("span", { textContent: label })));
  }
  const title = () => {
    document.getElementById("title").textContent = `Last ${RANGES.get(view.range).label}`;
    place.querySelector(`[value="${view.range}"]`).checked = true;
  };
  view.addEventListener("change", title);
  title();
}

/** The page of the address, and the way to the others. */
function pages() {
  const links = [...document.querySelectorAll("[data-page]")];
  for (const link of links) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      view.go(link.dataset.page);
    });
  }
  let shown = "";
  const turn = () => {
    if (view.page === shown) return;
    shown = view.page;
    document.getElementById("layout").dataset.shown = shown;
    document.getElementById("live-page").hidden = shown !== "live";
    document.getElementById("side").hidden = shown !== "live";
    document.getElementById("models-page").hidden = shown !== "models";
    document.getElementById("rollouts-page").hidden = shown !== "rollouts";
    for (const link of links) link.ariaCurrent = link.dataset.page === shown ? "page" : "false";
    if (shown === "models") models.refresh().catch((failed) => problem(`The models could not be read: ${failed.message}`));
    if (shown === "rollouts") rollouts.refresh().catch(() => {});
  };
  view.addEventListener("change", turn);
  turn();
}

async function ledger() {
  const { readings, balances } = await ask("ledger");
  const gone = readings.refused + readings.dropped + readings.lost;
  const place = document.getElementById("ledger");
  const entry = (term, number, extra = {}) =>
    element(
      "div",
      { title: `${count(number)} readings ${term}` },
      element("dt", { textContent: term }),
      element("dd", { textContent: shortCount(number), ...extra }),
    );
  place.replaceChildren(
    entry("accepted", readings.accepted),
    entry("stored", readings.stored),
    entry("missing", readings.missing, { className: readings.missing ? "some" : "" }),
    ...(gone ? [entry("not stored", gone, { className: "some" })] : []),
    element(
      "div",
      { title: "Every numbered frame is accounted for, and so is every reading in it." },
      element("dt", { className: "unseen", textContent: "account" }),
      element("dd", { className: balances ? "verdict" : "verdict off", textContent: balances ? "balanced" : "does not balance" }),
    ),
  );
  place.hidden = false;
}

/** What the database may lose although it was acknowledged. */
async function risks() {
  const { database } = await ask("status");
  const place = document.getElementById("risk");
  place.hidden = !database.atRisk;
  place.textContent = database.risks.map((risk) => `The database is at risk: ${risk}.`).join(" ");
}

/** Shows something at once, if the address names nothing: what the newest alarm is of, or the first few series. */
async function chooseSome() {
  if (view.chosen.length) return;
  const alarmed = await alarmedSeries().catch(() => []);
  if (view.chosen.length) return;
  if (alarmed.length) {
    view.choose(alarmed);
    return;
  }
  const numbers = list.all.filter((series) => series.kind === "gauge");
  const names = aFew(numbers.filter((series) => series.edge === numbers[0]?.edge));
  if (names.length) view.choose(names);
}

/** The first of each unit. */
function aFew(numbers) {
  const units = new Map(numbers.map((series) => [series.unit, series.name]).reverse());
  return [...units.values()].reverse().slice(0, CHOSEN_AT_FIRST);
}

/** Of an alarm on a score, what the score is of: the score stands below it. */
async function alarmedSeries() {
  const name = await newestAlarmed();
  if (!name) return [];
  await scores.refresh([]);
  if (!scores.isScore(name)) return [name];
  const subject = name.slice(0, name.lastIndexOf("/"));
  if (subject !== deviceOf(name)) return [subject];
  const { series } = await ask("series", { match: `${subject}/*`, limit: 50 });
  const inputs = aFew(series.filter((one) => one.kind === "gauge" && !scores.isScore(one.name)));
  return inputs.length ? inputs : [name];
}

/** What the model in a slot says, in charts. */
async function chartsOf(edge, slot) {
  const { series } = await ask("series", { match: `${edge}/*/${slot}.*`, limit: MOST_CHOSEN });
  if (!series.length) {
    problem(`Slot ${slot} of ${edge} has no scores yet.`);
    return;
  }
  view.page = "live";
  view.choose(series.map(({ name }) => name));
}

async function refreshSeries() {
  await list.refresh();
  await chooseSome();
}

function listen() {
  live.listen(list.complete ? [] : view.chosen);
  live.addEventListener("state", ({ detail }) => {
    const place = document.getElementById("link");
    place.dataset.state = detail;
    place.textContent = { live: "live", connecting: "connecting", lost: "connection lost" }[detail];
  });
  live.addEventListener("points", ({ detail }) => {
    edges.heard(detail.edge, Math.max(...detail.items.map((item) => item.t + item.span)));
    list.heard(detail.items);
    charts.heard(detail.items);
    if (list.complete && detail.items.some((item) => !list.find(item.name))) refreshSeries().catch(() => {});
  });
  live.addEventListener("runs", ({ detail }) => {
    list.heard(detail.items);
    charts.heard(detail.items);
  });
  live.addEventListener("events", ({ detail }) => {
    events.heard(detail.items);
    alarms.heard(detail.items);
    charts.happened(detail.items);
  });
  // What happened between the first look and now, nobody told.
  live.addEventListener("listening", () => Promise.allSettled([events.refresh(), alarms.refresh()]));
  live.addEventListener("missed", () => {
    charts.load(true);
    Promise.allSettled([edges.refresh(), refreshSeries(), events.refresh(), alarms.refresh(), ledger()]);
  });
  let before = String(view.chosen);
  view.addEventListener("change", () => {
    if (!list.complete && String(view.chosen) !== before) live.listen(view.chosen);
    before = String(view.chosen);
  });
}

document.getElementById("theme").addEventListener("click", () => window.toggleTheme());
ranges();
pages();
await Promise.allSettled([
  repeat(() => edges.refresh(), EDGES_EVERY),
  repeat(refreshSeries, SERIES_EVERY),
  repeat(ledger, LEDGER_EVERY),
  repeat(risks, RISKS_EVERY),
  repeat(() => alarms.refresh(), ALARMS_EVERY),
  repeat(async () => view.page === "models" && models.refresh(), MODELS_EVERY),
  repeat(async () => view.page === "rollouts" && rollouts.refresh(), ROLLOUTS_EVERY),
  events.refresh(),
]);
charts.load();
listen();
