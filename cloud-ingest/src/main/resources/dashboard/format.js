const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const dayAndClock = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const whole = new Intl.NumberFormat("en-US");

/** A measured value in as many digits as are worth reading. */
export function value(number) {
  if (number === null || number === undefined) return "–";
  if (typeof number !== "number") return String(number);
  const size = Math.abs(number);
  if (size !== 0 && (size >= 1e7 || size < 1e-3)) return number.toExponential(2);
  const digits = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 3;
  return number.toLocaleString("en-US", { maximumFractionDigits: digits });
}

export const count = (number) => whole.format(number);

/** A large count in a few characters: 12,345 stays, 1,234,567 is 1.23 M. */
export function shortCount(number) {
  if (Math.abs(number) < 100_000) return whole.format(number);
  const [size, letter] = Math.abs(number) >= 1e9 ? [1e9, "G"] : Math.abs(number) >= 1e6 ? [1e6, "M"] : [1e3, "k"];
  return `${(number / size).toPrecision(3)} ${letter}`;
}

/** An amount of storage in a few characters. */
export function bytes(number) {
  const unit = ["B", "KiB", "MiB", "GiB", "TiB"];
  const power = number < 1 ? 0 : Math.min(4, Math.floor(Math.log2(number) / 10));
  return `${(number / 1024 ** power).toLocaleString("en-US", { maximumFractionDigits: power ? 1 : 0 })} ${unit[power]}`;
}

/** How long ago, or how far ahead. */
export function age(millis) {
  const seconds = Math.max(0, Math.round(millis / 1000));
  if (seconds < 100) return `${seconds} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 36 * 3600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}

/** A time as the clocks here show it, with the day unless that is today. */
export function time(millis) {
  const date = new Date(millis);
  const today = date.toDateString() === new Date().toDateString();
  return (today ? clock : dayAndClock).format(date);
}

export function escape(text) {
  return String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** The parts of `edge/device/point`: where it is, and what it is. */
export function parts(name) {
  const levels = name.split("/");
  return { point: levels.slice(2).join("/") || name, where: levels.slice(0, 2).join(" / ") };
}

export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, content] of Object.entries(properties)) {
    if (name in node) node[name] = content;
    else node.setAttribute(name, content);
  }
  node.append(...children);
  return node;
}

/** Replaces what is in a node; the focus stays at the same place, whose element is another one now. */
export function refill(node, children) {
  const stops = () => [...node.querySelectorAll("button, input, a")];
  const at = stops().indexOf(document.activeElement);
  node.replaceChildren(...children);
  if (at >= 0) stops()[at]?.focus();
}
