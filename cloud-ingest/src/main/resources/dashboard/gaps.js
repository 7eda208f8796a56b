/** Where readings are missing in a series, and why as far as anybody knows. Pure. */
/** What the ledger says, in words for people; a word that is not here stands for itself. */
const WORDS = {
  invalid: "marked as wrong",
  bad: "readings came, and all of them are bad",
  stale: "readings came, and all of them are stale",
  gap: "an event says that readings are missing",
  dropped: "given up at the edge for want of room",
  "no-room": "the edge had no room for readings",
  offline: "the edge is not connected, and may have it",
  "at-edge": "still at the edge",
  lost: "lost by a database that was set back",
  refused: "refused by the cloud",
  conflict: "in conflict with another content",
  restarted: "the gateway was started at its end",
  silent: "no readings; nothing is known to be missing",
};

/**
 * @param series of an answer to `/data`; of states and texts there are none
 * @returns stretches `{from, to, reason}`, the oldest first
 */
export function gapsOf(series) {
  return (series.gaps ?? []).map((gap) => ({ from: gap.from, to: gap.to, kind: gap.reason, reason: reasonOf(gap) }));
}

function reasonOf({ reason, detail }) {
  const words = WORDS[reason] ?? reason ?? "no readings";
  return detail ? `${words}: ${detail}` : words;
}

/** Stretches that somebody marked as not to be trusted: `{from, to, reason}`. */
export function invalidOf(series) {
  return (series.invalid ?? []).map(({ from, to, who, why }) => ({ from, to, kind: "invalid", reason: `marked as wrong by ${who}: ${why}` }));
}
