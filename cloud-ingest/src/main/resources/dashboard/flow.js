import { FATES, share, widths } from "./accounts.js";
import { count, element } from "./parts.js";

const NAMESPACE = "http://www.w3.org/2000/svg";
const LEAST = 5;
const BAR = 12;

/**
 * What became of all that was numbered, as streams: from one bar on the left to a line of text for
 * each fate on the right. Streams are as thick as their share; the thinnest are still to be seen.
 */
export class Flow {
  #picture = document.createElementNS(NAMESPACE, "svg");
  #list = element("ol", { className: "fates" });
  #last = null;

  constructor() {
    this.#picture.setAttribute("aria-hidden", "true");
    this.node = element("div", { className: "flow" }, this.#picture, this.#list);
    new ResizeObserver(() => this.#streams()).observe(this.node);
  }

  draw(sum) {
    this.#last = FATES.filter(({ key }) => sum.parts[key] > 0).map((fate) => ({ ...fate, amount: sum.parts[fate.key] }));
    this.#list.replaceChildren(
      ...this.#last.map(({ key, tone, label, says, amount }) => {
        const number = element("b", { textContent: count(amount) });
        const words = element("span", { textContent: label });
        const part = element("small", { textContent: share(amount, sum.numbered) });
        const line = element("li", { className: tone }, element("div", {}, number, words, part), element("p", { textContent: says }));
        line.dataset.fate = key;
        return line;
      }),
    );
    this.#streams();
  }

  #streams() {
    if (!this.#last || !this.node.offsetHeight) return;
    const height = this.#list.offsetHeight;
    const width = this.#picture.clientWidth;
    this.#picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const thick = widths(this.#last.map(({ amount }) => amount), height, LEAST);
    let left = 0;
    const streams = this.#last.map(({ tone }, i) => {
      const line = this.#list.children[i];
      const room = Math.min(thick[i], line.offsetHeight - 6);
      const right = line.offsetTop + line.offsetHeight / 2 - room / 2;
      const stream = this.#stream(tone, left, left + thick[i], right, right + room, width);
      left += thick[i];
      return stream;
    });
    this.#picture.replaceChildren(...streams);
  }

  /** A bar, a ribbon and a bar again. */
  #stream(tone, top, bottom, rightTop, rightBottom, width) {
    const group = document.createElementNS(NAMESPACE, "g");
    group.setAttribute("class", tone);
    const [from, to] = [BAR, width - BAR];
    const middle = (from + to) / 2;
    const ribbon = `M${from} ${top}C${middle} ${top} ${middle} ${rightTop} ${to} ${rightTop}V${rightBottom}C${middle} ${rightBottom} ${middle} ${bottom} ${from} ${bottom}Z`;
    group.append(shape(ribbon, "ribbon"), shape(`M0 ${top}H${BAR}V${bottom}H0Z`, "end"), shape(`M${to} ${rightTop}h${BAR}V${rightBottom}h-${BAR}Z`, "end"));
    return group;
  }
}

function shape(d, kind) {
  const path = document.createElementNS(NAMESPACE, "path");
  path.setAttribute("d", d);
  path.setAttribute("class", kind);
  return path;
}
