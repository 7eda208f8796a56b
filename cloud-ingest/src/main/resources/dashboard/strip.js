import { FATES, widths } from "./accounts.js";
import { count, element } from "./parts.js";

/** How wide the least part of a strip is, in percent. */
const LEAST = 1.5;

/** What became of everything, in one strip; the numbers beside it say the same to whoever sees none. */
export function strip(sum) {
  const shown = FATES.filter(({ key }) => sum.parts[key] > 0);
  const wide = widths(shown.map(({ key }) => sum.parts[key]), 100, LEAST);
  const parts = shown.map(({ key, tone, label }, i) => {
    const part = element("i", { className: tone, title: `${count(sum.parts[key])} ${label}` });
    part.style.width = `${wide[i]}%`;
    return part;
  });
  return element("span", { className: "fate-strip", ariaHidden: "true" }, ...parts);
}
