// The page asks once a second, only for the rows it shows, and not at all while nobody looks.
const PAGE = 100;
const EVERY_MS = 1000;
const SLOW_EVERY = 3; // The account and the rejects change what a person does; a second matters less there.
const OLD_MS = 5 * 60_000;
const RATE_OVER = 6;
const LANES = ['event', 'window', 'raw']; // By priority.

const $ = id => document.getElementById(id);
const count = new Intl.NumberFormat('en', { useGrouping: true });
const clockTime = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

let shown = PAGE;
let round = 0;
let lastAnswer = 0;
const received = [];
const rows = new Map();

const amount = n => count.format(n).replaceAll(',', '\u202f');

function number(value) {
  if (value === null) return '–';
  if (typeof value !== 'number') return String(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return amount(value);
  const size = Math.abs(value);
  if (size >= 1e9 || size < 1e-4) return value.toExponential(4);
  return String(Number(value.toPrecision(7)));
}

function bytes(n) {
  if (n < 1024) return `${n}\u00a0B`;
  let unit = -1;
  do { n /= 1024; unit++; } while (n >= 1024 && unit < 3);
  return `${n < 10 ? Number(n.toFixed(1)) : Math.round(n)}\u00a0${['KiB', 'MiB', 'GiB', 'TiB'][unit]}`;
}

function span(ms) {
  const ahead = ms < -1500 ? '−' : '';
  const s = Math.round(Math.abs(ms) / 1000);
  if (s < 60) return `${ahead}${s}\u00a0s`;
  const minutes = Math.floor(s / 60);
  if (minutes < 60) return `${ahead}${minutes}\u00a0min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 10 && minutes % 60 > 0) return `${ahead}${hours}\u00a0h ${minutes % 60}\u00a0min`;
  return hours < 48 ? `${ahead}${hours}\u00a0h` : `${ahead}${Math.floor(hours / 24)}\u00a0d`;
}

const age = ms => Math.abs(ms) < 1000 ? 'now' : span(ms);
const ago = ms => Math.abs(ms) < 1000 ? 'now' : `${span(ms)} ago`;

function text(node, value) {
  if (node.textContent !== value) node.textContent = value;
}

function element(tag, className, content) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (content !== undefined) node.textContent = content;
  return node;
}

function tone(node, value) {
  if (node.dataset.tone !== value) node.dataset.tone = value;
}

function tile(name, mood, big, small) {
  const node = $(`tile-${name}`);
  tone(node, mood);
  text(node.querySelector('.big'), big);
  text(node.querySelector('.small'), small);
}

function live(mood, words) {
  tone($('live'), mood);
  text($('live'), words);
}

function alarm(id, words) {
  $(id).hidden = words === '';
  text($(id), words);
}

// --- the tiles -------------------------------------------------------------------------------------

function showStatus(s) {
  document.title = `${s.edge} · EdgeFlow`;
  text($('edge'), s.edge);
  const labels = Object.entries(s.labels).map(([k, v]) => `${k} ${v}`);
  text($('place'), ['site ' + s.site, ...labels].join(' · '));
  alarm('alarm', s.ready ? '' : `Not ready: ${s.missing.join('; ')}`);
  alarm('promise', s.promise.state === 'on' ? '' : `Promise off: ${s.promise.why}. At risk: ${s.promise.atRisk}.`);
  showLink(s.link);
  showBacklog(s.backlog, s.link);
  showJournal(s.journal, s.queued);
  showClock(s.clock);
  showRate(s);
  showSources(s.sources);
  showModels(s.models);
  showRollouts(s.rollouts);
  showHub(s.hub);
  const memory = s.residentBytes > 0 ? ` · ${bytes(s.residentBytes)} memory` : '';
  text($('about'), `EdgeFlow ${s.version} · up ${span(s.uptimeMillis)}${memory}`);
}

function showLink(link) {
  const words = { connected: 'Connected', connecting: 'Connecting', disconnected: 'Disconnected' };
  const mood = { connected: 'good', connecting: 'warn', disconnected: 'bad' };
  const verdict = link.verdictAgeMillis === null ? 'no answer yet' : `last answer ${span(link.verdictAgeMillis)} ago`;
  const tries = link.breaker === 'closed' ? '' : ` · ${link.failures} failures in a row`;
  const detail = link.state === 'connected'
    ? `for ${span(link.forMillis)} · ${verdict}`
    : `for ${span(link.forMillis)}${tries}${link.lastError ? ` · ${link.lastError}` : ''}`;
  tile('link', mood[link.state], words[link.state], detail);
  $('tile-link').title = link.url;
}

function showBacklog(backlog, link) {
  const size = Object.values(backlog.bytes).reduce((a, b) => a + b, 0);
  const waits = backlog.oldestAgeMillis === null ? '' : ` · oldest ${span(backlog.oldestAgeMillis)}`;
  const late = backlog.oldestAgeMillis !== null && backlog.oldestAgeMillis > OLD_MS;
  tile('backlog', late ? 'warn' : backlog.frames > 0 && link.state !== 'connected' ? 'warn' : 'good',
    backlog.frames === 0 ? 'Empty' : `${amount(backlog.frames)} frames`,
    backlog.frames === 0 ? 'every finished window is in the cloud' : `${bytes(size)} · ${amount(backlog.readings)} readings${waits}`);
}

function showJournal(journal, queued) {
  const words = {
    ok: 'Safe on disk', stalled: 'Disk stalls', 'no-space': 'Disk full', 'read-only': 'Disk read-only', 'io-error': 'Disk fails',
  };
  const used = `${bytes(journal.bytes)} of ${bytes(journal.maxBytes)}${queued > 0 ? ` · ${amount(queued)} waiting` : ''}`;
  const mood = journal.state !== 'ok' ? 'bad' : journal.hasRoom ? 'good' : 'bad';
  tile('journal', mood, journal.state === 'ok' && !journal.hasRoom ? 'No room' : words[journal.state] ?? 'Not open',
    journal.detail ? `for ${span(journal.forMillis)} · ${journal.detail} · ${used}` : used);
}

function showClock(clock) {
  const ms = Math.round(clock.offsetMillis ?? 0);
  const off = clock.offsetMillis === null ? '' : ms === 0 ? ' · as the cloud'
    : ` · ${amount(Math.abs(ms))}\u00a0ms ${ms > 0 ? 'ahead of' : 'behind'} the cloud`;
  tile('clock', clock.believed ? 'good' : 'warn', clock.believed ? 'Trusted' : 'Not trusted', `${clock.why}${off}`);
}

// Over the last few answers: of slow sensors a single second says little.
function showRate(s) {
  received.push({ at: performance.now(), n: s.received });
  if (received.length > RATE_OVER) received.shift();
  const first = received[0];
  const last = received.at(-1);
  let rate = '…';
  if (last.at > first.at) {
    const perSecond = Math.max(0, (last.n - first.n) * 1000 / (last.at - first.at));
    rate = perSecond >= 10 || perSecond === 0 ? amount(Math.round(perSecond)) : perSecond.toFixed(1);
  }
  const raw = s.captures.demands.length === 0 ? '' : ` · every one of ${s.captures.demands.join(', ')} goes to the cloud`;
  tile('readings', 'good', `${rate} /s`, `${amount(s.received)} received · ${amount(s.series.known)} of ${amount(s.series.most)} series${raw}`);
}

// --- the Modbus units --------------------------------------------------------------------------------

const UNIT_MOOD = { ok: 'good', silent: 'bad', new: 'quiet' };
const PHONE = matchMedia('(max-width: 600px)');
const unitRows = new Map();

function newUnit() {
  const item = element('li');
  const what = element('div', 'what');
  const raw = element('details');
  raw.append(element('summary', 'small', 'registers'), element('div', 'blocks'));
  what.append(element('div', 'series'), element('div', 'why'), element('div', 'muted small'), raw);
  item.append(element('span', 'badge'), what);
  return item;
}

function registers(block) {
  const lines = [];
  const across = PHONE.matches ? 4 : 8;
  for (let at = 0; at < block.registers.length; at += across) {
    lines.push(`${String(block.start + at).padStart(5)}  ${block.registers.slice(at, at + across).join(' ')}`);
  }
  return lines.join('\n');
}

function showBlock(block) {
  const node = element('div', 'block');
  node.append(element('div', block.result === 'ok' ? 'muted small' : 'alert small',
    `${block.table} ${block.start}, ${amount(block.count)} in one request · ${block.result} · ${micros(block.tookMicros)} · ${ago(block.age)}`));
  if (block.registers.length) node.append(element('pre', '', registers(block)));
  return node;
}

function unitErrors(unit, requests) {
  const failed = Object.entries(requests).filter(([k, v]) => k !== 'ok' && v > 0).map(([k, v]) => `${amount(v)} ${k}`);
  const codes = Object.entries(unit.exceptions).map(([code, n]) => `code ${code}: ${amount(n)}`);
  return [`${amount(requests.ok ?? 0)} answered`, ...failed, ...codes, unit.missed ? `${amount(unit.missed)} cycles missed` : ''].filter(Boolean).join(' · ');
}

function showUnit(unit, requests) {
  const item = unitRows.get(unit.device) ?? newUnit();
  unitRows.set(unit.device, item);
  const [badge, what] = item.children;
  const last = unit.blocks.map(block => block.age).sort((a, b) => a - b)[0];
  tone(item, UNIT_MOOD[unit.state]);
  tone(badge, UNIT_MOOD[unit.state]);
  text(badge, unit.state);
  text(what.children[0], unit.device);
  text(what.children[1], `${unit.line} unit ${unit.unit} · every ${span(unit.intervalMillis)}${last === undefined ? '' : ` · last exchange ${ago(last)}`}`
    + (unit.silences ? ` · ${unit.lastFault || 'nobody on its line can be reached'}` : '') + (unit.silences > 1 ? `, ${amount(unit.silences)} times in a row` : ''));
  const fault = unit.lastFault && !unit.silences ? ` · last fault ${span(unit.lastFaultAge)} ago: ${unit.lastFault}` : '';
  const absent = unit.absent.length ? ` · refused: ${unit.absent.join(', ')}` : '';
  text(what.children[2], unitErrors(unit, requests) + fault + absent);
  const raw = what.children[3];
  raw.hidden = unit.blocks.length === 0;
  if (raw.open) raw.lastChild.replaceChildren(...unit.blocks.map(showBlock));
  return item;
}

// Those that need a person come first.
function showUnits(units, devices) {
  const requests = Object.fromEntries(devices.map(device => [device.name, device.requests]));
  $('devices').hidden = units.length === 0;
  const silent = units.filter(unit => unit.state === 'silent').length;
  text($('device-count'), `${amount(units.length)}${silent ? ` · ${amount(silent)} silent` : ''}`);
  const items = [...units].sort((a, b) => (b.state === 'silent') - (a.state === 'silent'))
    .map(unit => showUnit(unit, requests[unit.device] ?? {}));
  const body = $('device-rows');
  if (items.length !== body.children.length || items.some((item, i) => body.children[i] !== item)) body.replaceChildren(...items);
}

$('device-rows').addEventListener('toggle', tick, true);

// --- other brokers ---------------------------------------------------------------------------------

// One line for each broker whose client this gateway is.
function showSources(sources) {
  $('sources').hidden = sources.length === 0;
  const open = sources.filter(source => source.state === 'connected').length;
  text($('source-count'), `${open} of ${sources.length} connected`);
  $('source-rows').replaceChildren(...sources.map(source => {
    const item = element('li');
    const mood = source.state === 'connected' ? 'good' : source.state === 'connecting' ? 'warn' : 'bad';
    tone(item, mood);
    const badge = element('span', 'badge', source.state);
    tone(badge, mood);
    const what = element('div', 'what');
    const held = source.held ? ` · ${amount(source.held)} held` : '';
    const dropped = source.dropped ? ` · ${amount(source.dropped)} dropped` : '';
    const why = source.state !== 'connected' && source.lastError ? ` · ${source.lastError}` : '';
    what.append(
      element('div', 'series', source.name),
      element('div', 'why', `for ${span(source.forMillis)} · ${amount(source.received)} received${held}${dropped}${why}`),
      element('div', 'muted small', `${source.url} · MQTT ${source.mqttVersion}`));
    item.append(badge, what);
    return item;
  }));
}

// --- the series ------------------------------------------------------------------------------------

function newRow(name) {
  const row = element('tr');
  const slash = name.indexOf('/');
  const series = element('td', 'series');
  series.append(element('span', 'device', name.slice(0, slash + 1)), element('span', 'point', name.slice(slash + 1)));
  const quality = element('td', 'quality');
  quality.append(element('span', 'badge'));
  row.append(series, element('td', 'value'), element('td', 'unit'), element('td', 'age'), quality);
  return row;
}

function showRow(row, reading, isNew) {
  const [, value, unit, since, quality] = row.children;
  const stamp = `${reading.t}`;
  if (!isNew && row.dataset.t !== stamp) {
    value.classList.remove('changed');
    void value.offsetWidth; // Restarts the animation.
    value.classList.add('changed');
  }
  row.dataset.t = stamp;
  text(value, number(reading.value));
  text(unit, reading.unit);
  // A stale value is as old as the last reading that was one.
  text(since, age(reading.valueAge));
  const measured = reading.kind === 'gauge' || reading.kind === 'counter';
  // A state or a text stays what it is; a measurement that does not come again is worth a look.
  tone(since, reading.quality === 'stale' || (reading.age > OLD_MS && measured) ? 'warn' : 'quiet');
  if (row.dataset.quality !== reading.quality) row.dataset.quality = reading.quality;
  const mood = { good: 'quiet', uncertain: 'warn', stale: 'warn', bad: 'bad' };
  text(quality.firstChild, reading.quality);
  tone(quality.firstChild, mood[reading.quality] ?? 'warn');
}

function showLatest(page) {
  const list = page.readings.map(reading => {
    let row = rows.get(reading.series);
    const isNew = row === undefined;
    if (isNew) rows.set(reading.series, row = newRow(reading.series));
    showRow(row, reading, isNew);
    return row;
  });
  const body = $('rows');
  if (list.length !== body.children.length || list.some((row, i) => body.children[i] !== row)) {
    const kept = new Set(list);
    for (const [name, row] of rows) if (!kept.has(row)) rows.delete(name);
    body.replaceChildren(...list);
  }
  text($('series-count'), page.matching === page.total
    ? amount(page.total) : `${amount(page.matching)} of ${amount(page.total)}`);
  const left = page.matching - page.readings.length;
  $('more').hidden = left <= 0;
  text($('more'), `Show ${amount(Math.min(PAGE, left))} more of ${amount(left)}`);
  $('empty').hidden = page.matching > 0;
  text($('empty'), page.total === 0
    ? 'No reading has come yet. Publish one, for example to sensors/pump-7/flow.' : 'No series has such a name.');
}

// --- the alarms ------------------------------------------------------------------------------------

const alarmRows = new Map();
const ALARM_MOOD = { 'unacknowledged': 'bad', 'acknowledged': 'warn', 'returned-unacknowledged': 'warn', 'shelved': 'quiet' };
const ALARM_WORD = { 'returned-unacknowledged': 'returned' };
const URGENT = ['critical', 'high', 'medium', 'low'];
const ALARM_ORDER = ['unacknowledged', 'returned-unacknowledged', 'acknowledged', 'shelved'];

function why(alarm) {
  const kind = alarm.condition.split('-').at(-1);
  if (alarm.condition.startsWith('limit-')) return `${number(Number(alarm.value))} · limit ${kind.toUpperCase()} ${number(Number(alarm.limit))}`;
  if (alarm.condition.startsWith('rate-')) return `${kind} ${number(Number(alarm.value))} /s · limit ${number(Number(alarm.limit))} /s`;
  if (alarm.condition === 'stale') return `nothing for ${alarm.limit}`;
  return alarm.condition === 'state' ? `is ${alarm.value}` : `is ${alarm.value}, not ${alarm.limit}`;
}

function newAlarm(id) {
  const item = element('li');
  const what = element('div', 'what');
  what.append(element('div', 'series'), element('div', 'why'), element('div', 'muted small'), element('div', 'small'));
  const buttons = element('div', 'buttons');
  const ack = element('button', 'first', 'Acknowledge');
  const shelve = element('button', '', 'Shelve');
  for (const button of [ack, shelve]) button.type = 'button';
  ack.addEventListener('click', () => ask(item.alarm, 'ack'));
  shelve.addEventListener('click', () => ask(item.alarm, item.alarm.state === 'shelved' ? 'unshelve' : 'shelve'));
  buttons.append(ack, shelve);
  item.append(element('span', 'badge'), what, buttons);
  alarmRows.set(id, item);
  return item;
}

function showAlarm(alarm, now) {
  const item = alarmRows.get(alarm.id) ?? newAlarm(alarm.id);
  const [badge, what, buttons] = item.children;
  item.alarm = alarm;
  tone(item, ALARM_MOOD[alarm.state] ?? 'quiet');
  tone(badge, ALARM_MOOD[alarm.state] ?? 'quiet');
  text(badge, ALARM_WORD[alarm.state] ?? alarm.state);
  text(what.children[0], alarm.series);
  text(what.children[1], alarm.value === '' && alarm.condition !== 'stale' ? alarm.rule : why(alarm));
  const since = alarm.raised === null ? '' : ` · raised ${span(now - alarm.raised)} ago`;
  const shelf = alarm.shelf === null ? '' : ` · by ${alarm.shelf.who} for ${span(alarm.shelf.until - now)} more: ${alarm.shelf.why}`;
  text(what.children[2], `${alarm.priority} · ${alarm.rule}${since}${shelf}`);
  text(what.children[3], alarm.advice);
  buttons.children[0].hidden = !alarm.state.startsWith('unack') && !alarm.state.startsWith('returned');
  text(buttons.children[1], alarm.state === 'shelved' ? 'Unshelve' : 'Shelve');
  return item;
}

function showAlarms(page) {
  const order = alarm => ALARM_ORDER.indexOf(alarm.state) * 10 + URGENT.indexOf(alarm.priority);
  const list = page.alarms.sort((a, b) => order(a) - order(b) || b.raised - a.raised);
  const waiting = list.filter(alarm => order(alarm) < 20).length;
  $('alarms').hidden = list.length === 0;
  text($('alarm-count'), `${amount(page.total)}${waiting ? ` · ${amount(waiting)} to acknowledge` : ''}`);
  const items = list.map(alarm => showAlarm(alarm, page.now));
  const body = $('alarm-rows');
  if (items.length !== body.children.length || items.some((item, i) => body.children[i] !== item)) {
    const kept = new Set(items);
    for (const [id, item] of alarmRows) if (!kept.has(item)) alarmRows.delete(id);
    body.replaceChildren(...items);
  }
}

let asked = null;

const ALARM_VERB = { ack: 'Acknowledge', shelve: 'Shelve', unshelve: 'Unshelve' };

function ask(alarm, verb) {
  dialog({ title: ALARM_VERB[verb], subject: `${alarm.series}: ${alarm.rule}`, path: `/api/v1/alarms/${alarm.id}/${verb}`,
    length: verb === 'shelve' });
}

// Who says it, why, and perhaps for how long.
function dialog(what) {
  asked = what;
  text($('answer-title'), what.title);
  text($('answer-send'), what.title);
  text($('answer-alarm'), what.subject);
  $('answer-length').hidden = !what.length;
  $('answer-why').required = what.length;
  $('answer-why').value = '';
  $('answer-who').value ||= localStorage.getItem('who') ?? '';
  $('answer-fault').hidden = true;
  $('answer').showModal();
}

async function tell() {
  const body = { who: $('answer-who').value, why: $('answer-why').value };
  if (asked.length) body.for = $('answer-for').value;
  localStorage.setItem('who', body.who);
  try {
    const answer = await fetch(asked.path, {
      method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' }, signal: AbortSignal.timeout(8000),
    });
    if (!answer.ok) throw new Error((await answer.json()).error.message);
    $('answer').close();
    tick();
  } catch (fault) {
    text($('answer-fault'), fault.message);
    $('answer-fault').hidden = false;
  }
}

$('answer-form').addEventListener('submit', event => { event.preventDefault(); tell(); });
$('answer-cancel').addEventListener('click', () => $('answer').close());

// --- the models ------------------------------------------------------------------------------------

const MODEL_MOOD = { serving: 'good', waiting: 'quiet', loading: 'quiet', disabled: 'warn' };
const MODEL_VERB = { promote: 'Promote', back: 'Go back', discard: 'Discard' };
const modelRows = new Map();

function newModel() {
  const item = element('li');
  const what = element('div', 'what');
  what.append(element('div', 'series'), element('div', 'why'), element('div', 'muted small'), element('div', 'muted small'));
  const buttons = element('div', 'buttons');
  for (const verb of Object.keys(MODEL_VERB)) {
    const button = element('button', '', MODEL_VERB[verb]);
    button.type = 'button';
    button.addEventListener('click', () => dialog({ title: MODEL_VERB[verb], length: false,
      subject: `slot ${item.model.slot}: ${short(verb === 'back' ? item.model.before : item.model.candidate)}`,
      path: `/api/v1/models/${item.model.slot}/${verb}` }));
    buttons.append(button);
  }
  item.append(element('span', 'badge'), what, buttons);
  return item;
}

// A digest to the first eight digits: enough for people to tell one from the other.
const short = identity => identity.replace(/\(([0-9a-f]{8})[0-9a-f]+\)/, '($1)');
const micros = n => n === null ? '–' : n < 1000 ? `${n.toFixed(0)}\u00a0µs` : `${(n / 1000).toFixed(1)}\u00a0ms`;

function compared(report) {
  const part = n => `${(n * 100).toFixed(2)}\u00a0%`;
  return ` · ${amount(report.rows)} rows compared, differ by ${number(report.meanDifference)}, at most ${number(report.mostDifference)}`
    + ` · alarms ${part(report.servingAlarmRate)} now, ${part(report.candidateAlarmRate)} then`
    + ` · p99 ${micros(report.servingP99Micros)} now, ${micros(report.candidateP99Micros)} then`;
}

function showModel(model) {
  const key = `${model.node}/${model.slot}`;
  const item = modelRows.get(key) ?? newModel();
  modelRows.set(key, item);
  item.model = model;
  const [badge, what, buttons] = item.children;
  const mood = MODEL_MOOD[model.state] ?? 'bad';
  tone(item, mood);
  tone(badge, mood);
  text(badge, model.state);
  text(what.children[0], `${model.node ? `${model.node}: ` : ''}${model.slot}`);
  text(what.children[1], model.name ? `${model.name} ${model.version} (${model.digest.slice(0, 8)}) · ${model.source}` : model.detail);
  const calls = model.name ? `${model.provider} · p50 ${micros(model.p50Micros)} · p99 ${micros(model.p99Micros)} · ` : '';
  text(what.children[2], `${calls}${amount(model.scored)} scored, ${amount(model.errors)} not, ${amount(model.dropped)} dropped${model.name && model.detail ? ` · ${model.detail}` : ''}`);
  const shadow = model.comparison === null ? '' : compared(model.comparison);
  const before = model.before ? `before: ${short(model.before)}` : '';
  text(what.children[3], [model.candidate ? `candidate: ${short(model.candidate)}${shadow}` : '', before].filter(Boolean).join(' · '));
  const [promote, back, discard] = buttons.children;
  const ours = model.node === '';
  promote.hidden = discard.hidden = !ours || !model.candidate;
  back.hidden = !ours || !model.before;
  return item;
}

function showModels(models) {
  $('models').hidden = models.length === 0;
  text($('model-count'), amount(models.length));
  const items = models.map(showModel);
  const body = $('model-rows');
  if (items.length !== body.children.length || items.some((item, i) => body.children[i] !== item)) body.replaceChildren(...items);
}

// --- the rollouts ----------------------------------------------------------------------------------

const ROLLOUT_MOOD = { 'active': 'warn', 'rejected': 'bad', 'failed': 'bad', 'rolled-back': 'bad' };

// One line for each slot: people go to the cloud's page for more.
function showRollouts(rollouts) {
  $('rollouts').hidden = rollouts.slots.length === 0 && rollouts.pinned.length === 0 && rollouts.denied.length === 0 && rollouts.kafka === '';
  const refused = rollouts.denied.length ? ` · ${rollouts.denied.length} bundles refused` : '';
  text($('rollout-count'), `document ${rollouts.document}${refused}${rollouts.detail ? ` · ${rollouts.detail}` : ''}${rollouts.kafka ? ` · Kafka ${rollouts.kafka}` : ''}`);
  $('rollout-rows').replaceChildren(...rollouts.slots.map(slot => {
    const item = element('li');
    const mood = slot.proven ? 'good' : ROLLOUT_MOOD[slot.state] ?? 'quiet';
    tone(item, mood);
    const badge = element('span', 'badge', slot.proven ? 'proven' : slot.state);
    tone(badge, mood);
    const what = element('div', 'what');
    const part = slot.state === 'downloading' && slot.totalBytes > 0 ? ` · ${Math.floor(100 * slot.doneBytes / slot.totalBytes)} %` : '';
    const name = slot.model ? `${slot.model} ${slot.version}` : slot.digest ? slot.digest.slice(0, 8) : 'as configured';
    what.append(
      element('div', 'series', `${slot.slot}${rollouts.pinned.includes(slot.slot) ? ' (pinned)' : ''}`),
      element('div', 'why', `${name}${part}${slot.detail ? ` · ${slot.detail}` : ''}`));
    item.append(badge, what);
    return item;
  }));
}

// --- the edges behind this gateway -----------------------------------------------------------------

const MANDATE_PHASE = { held: 'held', done: 'finished', back: 'taken back', void: 'no longer counts' };

function mandateLine(rollout) {
  const waits = rollout.waitsFor.length ? ` · waits for ${rollout.waitsFor.join(', ')}` : '';
  const left = rollout.leftMillis > 0 ? `for ${span(rollout.leftMillis)} more` : 'over: no further wave begins';
  const when = rollout.phase === 'held' ? ` · ${left}` : rollout.why ? ` · ${rollout.why}` : '';
  const alone = rollout.alone ? 'The cloud is away: this gateway goes on alone, and an abort there reaches this site only when the mandate is over. ' : '';
  return `${alone}Mandate for ${rollout.rollout}: ${MANDATE_PHASE[rollout.phase] ?? rollout.phase}, wave ${rollout.begun} of ${rollout.waves}${when}${waits}`;
}

// One line for each edge; what it measures is on its own page.
function showHub(hub) {
  $('hub').hidden = !hub.enabled;
  const online = hub.members.filter(member => member.online).length;
  text($('hub-count'), `${online} of ${hub.members.length} connected`);
  $('hub-mandate').hidden = !hub.rollout;
  if (hub.rollout) text($('hub-mandate'), mandateLine(hub.rollout));
  $('hub-rows').replaceChildren(...hub.members.map(member => {
    const item = element('li');
    const mood = !member.online ? 'quiet' : member.upstream === 'open' ? 'good' : 'warn';
    tone(item, mood);
    const badge = element('span', 'badge', !member.online ? 'away' : member.upstream === 'open' ? 'online' : 'no cloud');
    tone(badge, mood);
    const what = element('div', 'what');
    const dropped = member.dropped ? ` · ${member.dropped} dropped, to be sent again` : '';
    what.append(
      element('div', 'series', member.edge),
      element('div', 'why', `${member.relayed} frames passed on${dropped}${member.upstream === 'waiting' ? ` · ${member.lastError}` : ''}`));
    item.append(badge, what);
    return item;
  }));
}

// --- the account and the rejects -------------------------------------------------------------------

function showLedger(ledger) {
  const sum = counts => Object.values(counts).reduce((a, b) => a + b, 0);
  tone($('balance'), ledger.balanced ? 'good' : 'bad');
  text($('balance'), ledger.balanced ? '✓ balanced' : '✗ does not balance');
  const account = [
    ['received', ledger.received], ['accepted', ledger.accepted], ['in frames', ledger.folded],
    ['pending', ledger.pending], ['duplicate', ledger.duplicate], ['conflict', ledger.conflict],
    ['unstamped', ledger.unstamped], ['unverifiable', ledger.unverifiable],
    ['rejected', sum(ledger.rejected)], ['refused', sum(ledger.refused)],
  ];
  $('account').replaceChildren(...account.map(([name, n]) => {
    const item = element('div');
    item.append(element('dt', '', name), element('dd', '', amount(n)));
    return item;
  }));
  const cell = (n, alert) => element('td', n === 0 ? 'right nil' : alert ? 'right alert' : 'right', amount(n));
  $('lane-rows').replaceChildren(...LANES.filter(name => name in ledger.lanes).map(name => {
    const lane = ledger.lanes[name];
    const row = element('tr');
    row.append(element('td', '', name), cell(lane.framed.frames), cell(lane.delivered.frames), cell(lane.buffered.frames),
      cell(lane.superseded.frames), cell(lane.refused.frames, true), cell(lane.conflict.frames, true), cell(lane.dropped.frames, true));
    return row;
  }));
}

function showRejects(rejects) {
  const total = Object.values(rejects.counts).reduce((a, b) => a + b, 0);
  const refused = Object.values(rejects.refused).reduce((a, b) => a + b, 0);
  const most = Object.entries(rejects.counts).sort((a, b) => b[1] - a[1])[0];
  tile('rejects', total + refused === 0 ? 'good' : 'warn', amount(total + refused),
    total + refused === 0 ? 'every input was good' : most ? `mostly ${most[0]} · see below` : 'a limit was reached');
  text($('reject-count'), Object.entries(rejects.counts).map(([reason, n]) => `${amount(n)} ${reason}`).join(' · '));
  $('no-rejects').hidden = rejects.recent.length > 0;
  $('reject-rows').replaceChildren(...rejects.recent.slice(0, 20).map(one => {
    const item = element('li');
    const time = element('time', '', clockTime.format(one.t));
    time.dateTime = new Date(one.t).toISOString();
    const what = element('div', 'what');
    what.append(element('span', '', one.source), element('span', 'muted', one.detail ? ` · ${one.detail}` : ''));
    if (one.start) what.append(element('code', '', one.bytes > one.start.length ? `${one.start} … (${bytes(one.bytes)})` : one.start));
    item.append(time, element('span', 'reason', one.reason), what);
    return item;
  }));
}

// --- topics that nothing maps ----------------------------------------------------------------------

const TOPICS = 20;
const topicRows = new Map();

// Rows stay, so that what somebody has opened or is about to copy does not go away under the finger.
function newTopic(name) {
  const item = element('li');
  const details = element('details');
  const summary = element('summary');
  summary.append(element('span', 'topic', name), element('span', 'muted'));
  const copy = element('button', '', 'Copy');
  copy.type = 'button';
  copy.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(item.mapping);
      text(copy, 'Copied');
    } catch {
      getSelection().selectAllChildren(details.querySelector('.mapping')); // Not allowed beyond loopback without TLS.
    }
  });
  details.append(summary, element('code', 'sample'), element('p', 'muted note'), element('pre', 'mapping'), copy);
  item.append(details);
  return item;
}

function showTopic(topic) {
  const item = topicRows.get(topic.topic) ?? newTopic(topic.topic);
  topicRows.set(topic.topic, item);
  item.mapping = topic.mapping;
  const [summary, sample, note, mapping, copy] = item.firstChild.children;
  const times = topic.messages === 1 ? 'once' : `${amount(topic.messages)} times`;
  text(summary.lastChild, ` · ${times}, last at ${clockTime.format(topic.t)}`);
  const cut = topic.bytes > topic.sample.length ? ` … (${bytes(topic.bytes)})` : '';
  text(sample, `${topic.sample}${cut}`);
  text(note, topic.note);
  note.hidden = topic.note === '';
  text(mapping, topic.mapping);
  mapping.hidden = copy.hidden = topic.mapping === '';
  return item;
}

function showUnmapped(unmapped) {
  $('unmapped').hidden = unmapped.topics.length === 0;
  const more = unmapped.topics.length > TOPICS ? ` · the last ${TOPICS} are shown` : '';
  text($('unmapped-count'), `${amount(unmapped.topics.length)}${more}`);
  const items = unmapped.topics.slice(0, TOPICS)
    .sort((a, b) => a.topic.localeCompare(b.topic)).map(showTopic);
  const body = $('unmapped-rows');
  if (items.length !== body.children.length || items.some((item, i) => body.children[i] !== item)) body.replaceChildren(...items);
}

// --- the loop --------------------------------------------------------------------------------------

async function fetched(path) {
  const answer = await fetch(path, { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(8000) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

async function refresh() {
  const match = encodeURIComponent($('filter').value);
  const slow = round++ % SLOW_EVERY === 0;
  const status = await fetched('/api/v1/status');
  showStatus(status);
  if (status.incarnation === '') return; // Its memory is not open: nothing else has an answer yet.
  const [latest, alarms, modbus, ledger, rejects, unmapped] = await Promise.all([
    fetched(`/api/v1/latest?limit=${shown}&match=${match}`),
    fetched(`/api/v1/alarms?limit=${PAGE}`),
    status.modbus.length ? fetched('/api/v1/modbus') : { units: [] },
    slow ? fetched('/api/v1/ledger') : null,
    slow ? fetched('/api/v1/rejects') : null,
    slow ? fetched('/api/v1/unmapped') : null,
  ]);
  showLatest(latest);
  showAlarms(alarms);
  showUnits(modbus.units, status.modbus);
  if (ledger) showLedger(ledger);
  if (rejects) showRejects(rejects);
  if (unmapped) showUnmapped(unmapped);
}

let timer = 0;
let busy = false;
let again = false;

async function tick() {
  clearTimeout(timer);
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  again = false;
  try {
    await refresh();
    lastAnswer = Date.now();
    live('good', 'live');
  } catch {
    live('bad', lastAnswer ? `no answer for ${span(Date.now() - lastAnswer)}` : 'no answer');
  }
  busy = false;
  if (again) tick();
  else if (!document.hidden) timer = setTimeout(tick, EVERY_MS);
}

$('filter').addEventListener('input', () => { shown = PAGE; tick(); });
$('more').addEventListener('click', () => { shown += PAGE; tick(); });
document.addEventListener('visibilitychange', () => { if (!document.hidden) tick(); });
document.addEventListener('keydown', event => {
  if (event.key === '/' && document.activeElement !== $('filter')) {
    event.preventDefault();
    $('filter').focus();
  } else if (event.key === 'Escape' && document.activeElement === $('filter')) {
    $('filter').value = '';
    $('filter').dispatchEvent(new Event('input'));
  }
});
tick();
