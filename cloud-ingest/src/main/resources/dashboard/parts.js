/** Small parts that pages are made of. Texts go in as texts: no name can be markup. */
import { element } from "./format.js";

export { age, bytes, count, element, refill, shortCount, time, value } from "./format.js";

const TYPING = 150;

/** The main element of a page, with its heading. */
export function page(id, title, ...children) {
  const heading = element("h1", { textContent: title });
  return element("main", { className: "main", id, hidden: true }, element("div", { className: "tools" }, heading), ...children);
}

/** `edgeflow/1.2.3` as people tell it from others: the program is always this one. */
export function software(text) {
  return text.replace(/^edgeflow\//, "");
}

/** A field that tells what is in it when somebody pauses, and is emptied by Escape; the main one of a page has the focus by a key. */
export function searchField(label, placeholder, onChange, isMain = true) {
  const input = element("input", { type: "search", placeholder, ariaLabel: label, autocomplete: "off", spellcheck: false });
  let timer = 0;
  const tell = () => onChange(input.value.trim());
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(tell, TYPING);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !input.value) return;
    event.preventDefault();
    event.stopPropagation();
    input.value = "";
    tell();
  });
  const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  icon.setAttribute("viewBox", "0 0 24 24");
  icon.setAttribute("aria-hidden", "true");
  icon.setAttribute("width", "16");
  icon.setAttribute("height", "16");
  icon.innerHTML = '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>';
  return {
    node: element("div", { className: "search" }, icon, input, ...(isMain ? [element("kbd", { textContent: "/" })] : [])),
    input,
    get value() {
      return input.value.trim();
    },
    set(text) {
      if (document.activeElement !== input) input.value = text;
    },
    focus: () => input.focus(),
  };
}

let groups = 0;

/** One of a few, as a row of buttons. */
export function choices(legend, options, onChoose) {
  const name = `choice-${++groups}`;
  const inputs = new Map();
  const labels = options.map(([key, label]) => {
    const input = element("input", { type: "radio", name, value: key });
    input.addEventListener("change", () => onChoose(key));
    const words = element("span", { textContent: label });
    inputs.set(key, { input, words });
    return element("label", {}, input, words);
  });
  return {
    node: element("fieldset", { className: "ranges" }, element("legend", { className: "unseen", textContent: legend }), ...labels),
    get value() {
      return [...inputs].find(([, { input }]) => input.checked)?.[0] ?? options[0][0];
    },
    set(key) {
      for (const [one, { input }] of inputs) input.checked = one === key;
    },
    label(key, text) {
      const { words } = inputs.get(key);
      if (words.textContent !== text) words.textContent = text;
    },
  };
}

/** One of several, as the browser's own list. */
export function select(label, options, onChoose) {
  const list = element("select", {}, ...options.map(([value, textContent]) => element("option", { value, textContent })));
  list.addEventListener("change", () => onChoose(list.value));
  return {
    node: element("label", { className: "select" }, element("span", { textContent: label }), list),
    get value() {
      return list.value;
    },
    set(key) {
      list.value = key;
    },
  };
}

export function button(textContent, onClick, more = {}) {
  const node = element("button", { type: "button", className: "small-button", textContent, ...more });
  node.addEventListener("click", onClick);
  return node;
}
