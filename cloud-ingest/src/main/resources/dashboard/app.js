import { Acknowledge } from "./ack.js";
import { Alarms } from "./alarms.js";
import { Charts } from "./charts.js";
import { Chooser } from "./choose.js";
import { EdgePage } from "./edge.js";
import { Edges } from "./edges.js";
import { Events } from "./events.js";
import { Explorer } from "./explore.js";
import { Fleet } from "./fleet.js";
import { element } from "./format.js";
import { Happenings } from "./happenings.js";
import { account, risks, showLink } from "./header.js";
import { Keys } from "./keys.js";
import { LedgerPage } from "./ledger.js";
import { Live } from "./live.js";
import { Models } from "./models.js";
import { Pages } from "./pages.js";
import { again, repeat } from "./poll.js";
import { Rollouts } from "./rollouts.js";
import { Saw } from "./saw.js";
import { Scores } from "./scores.js";
import { SeriesList } from "./series.js";
import { RANGES, View } from "./state.js";

const view = new View();
const list = new SeriesList(view);
const edges = new Edges((edge) => list.only(edge));
const events = new Events();
const scores = new Scores(list);
const saw = new Saw(scores);
const open = (event) => saw.open(event);
const acknowledge = new Acknowledge();
const alarms = new Alarms(open, acknowledge);
const chooser = new Chooser(view, list, scores);
const models = new Models((edge, slot) => chartsOf(edge, slot).catch((failed) => problem(`The scores could not be read: ${failed.message}`)));
const rollouts = new Rollouts(view);
const charts = new Charts(view, list, scores, { problem, open });
const live = new Live();
const happenings = new Happenings(view, { open, acknowledge });
const explorer = new Explorer(view, { open });
const made = { fleet: new Fleet(view), edge: new EdgePage(view, { open, acknowledge }), explore: explorer, events: happenings, ledger: new LedgerPage(view) };

function problem(text) {
  const place = document.getElementById("problem");
  place.hidden = !text;
  place.textContent = text;
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

/** What the model in a slot says, in charts. */
async function chartsOf(edge, slot) {
  if (!(await chooser.slot(edge, slot))) problem(`Slot ${slot} of ${edge} has no scores yet.`);
}

async function refreshSeries() {
  await list.refresh();
  await chooser.some();
}

/** All pages by their names in the address. */
function pages() {
  const there = (id) => document.getElementById(id);
  const layout = there("layout");
  for (const page of Object.values(made)) layout.append(page.node);
  return new Pages(view, {
    live: { node: there("live-page"), side: true, focusSearch: () => list.focusSearch(), refresh: () => Promise.all([edges.refresh(), refreshSeries(), alarms.refresh()]) },
    ...made,
    models: { node: there("models-page"), title: "Models", every: 10_000, refresh: () => readModels() },
    rollouts: { node: there("rollouts-page"), title: "Rollouts", every: 2_000, refresh: () => rollouts.refresh() },
  });
}

async function readModels() {
  try {
    await models.refresh();
  } catch (failed) {
    problem(`The models could not be read: ${failed.message}`);
    throw failed;
  }
}

function listen() {
  live.listen(list.complete ? [] : view.chosen);
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
    happenings.heard();
  });
  // What happened between the first look and now, nobody told.
  live.addEventListener("listening", () => Promise.allSettled([events.refresh(), alarms.refresh()]));
  live.addEventListener("missed", () => {
    charts.load(true);
    Promise.allSettled([again(), events.refresh()]);
  });
  let before = String(view.chosen);
  view.addEventListener("change", () => {
    if (!list.complete && String(view.chosen) !== before) live.listen(view.chosen);
    before = String(view.chosen);
  });
}

document.getElementById("theme").addEventListener("click", () => window.toggleTheme());
ranges();
showLink(live);
const turned = pages();
new Keys(turned);
const isLive = () => view.page === "live";
await Promise.allSettled([
  repeat("edges", async () => isLive() && edges.refresh(), 5_000),
  repeat("series", async () => isLive() && refreshSeries(), 15_000),
  repeat("account", account, 5_000),
  repeat("risks", risks, 20_000),
  repeat("alarms", async () => isLive() && alarms.refresh(), 15_000),
  ...Object.entries(turned.pages)
    .filter(([, { every }]) => every)
    .map(([name, page]) => repeat(name, async () => view.page === name && (await page.refresh(), true), page.every)),
  events.refresh(),
]);
charts.load();
listen();
