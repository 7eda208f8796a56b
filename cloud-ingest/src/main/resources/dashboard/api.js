/** A server that does not answer for so long is taken for one that is away. */
const PATIENCE = 60_000;

/** An answer that is an error, with the server's own words. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/**
 * Asks the API of this server.
 *
 * @param {string} path below /api/v1/
 * @param {Record<string, string|number|string[]>} parameters lists are repeated
 */
export async function ask(path, parameters = {}, signal) {
  const patience = AbortSignal.timeout(PATIENCE);
  return read(await fetch(address(path, parameters), { signal: signal ? AbortSignal.any([signal, patience]) : patience }));
}

/** Where the answer to a question is. */
export function address(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of [value].flat()) query.append(name, one);
  }
  const text = query.toString();
  return `/api/v1/${path}${text ? `?${text}` : ""}`;
}

/** Tells the API something, as JSON. */
export async function say(path, words) {
  const headers = { "content-type": "application/json" };
  return read(await fetch(`/api/v1/${path}`, { method: "POST", headers, body: JSON.stringify(words) }));
}

async function read(answer) {
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new ApiError(answer.status, body.error?.message ?? `status ${answer.status}`);
  return body;
}
