/** What is asked again and again, and how old the answers are. */

/** Of the time that an answer takes, so much passes at least until it is asked for again. */
const CALM = 15;

/** But no more than this, in milliseconds: one slow answer does not make the page stand still. */
const LONGEST = 20_000;

const told = new Map();
const all = [];

/**
 * Asks again and again while the page is seen; a failure is the next round's business. Where
 * answers take long, as of a very large fleet, it asks more seldom.
 *
 * @param {string} name what it is about, for {@link staleness}
 * @param {() => Promise | false} work false if there is nothing to ask for now
 */
export function repeat(name, work, every) {
  const round = async () => {
    const began = performance.now();
    if (!document.hidden) await once(name, work, every);
    setTimeout(round, Math.max(every, Math.min(LONGEST, CALM * (performance.now() - began))));
  };
  all.push(() => once(name, work, every));
  document.addEventListener("visibilitychange", () => document.hidden || once(name, work, every));
  return round();
}

/** Asks for everything at once: the server was away. */
export function again() {
  return Promise.all(all.map((ask) => ask()));
}

async function once(name, work, every) {
  const was = told.get(name) ?? { since: Date.now(), every };
  try {
    const asked = await work();
    if (asked === false) told.delete(name);
    else told.set(name, { since: Date.now(), every });
  } catch {
    told.set(name, was);
  }
}

/** How much older, in milliseconds, the oldest answer is than it should be; 0 while all is well. */
export function staleness(now = Date.now()) {
  const overdue = [...told.values()].map(({ since, every }) => now - since - 3 * every).filter((late) => late > 0);
  return overdue.length ? Math.max(...[...told.values()].map(({ since }) => now - since)) : 0;
}
