import { age, count, element } from "./format.js";

/** Which version runs in which slot of which edge. */
export class Matrix {
  #section = document.getElementById("matrix-section");
  #table = document.getElementById("matrix");
  #counts = document.getElementById("matrix-counts");

  draw(fleet) {
    const edges = fleet.edges.filter((edge) => edge.listening || edge.issued);
    this.#section.hidden = !edges.length;
    const { counts } = fleet;
    this.#counts.textContent = [
      `${count(edges.length)} edges take rollouts`,
      `${count(counts.inStep)} in step`,
      ...(counts.conflicts ? [`${count(counts.conflicts)} in conflict`] : []),
      ...fleet.disabled.map(({ name }) => `${name} is switched off`),
    ].join(" · ");
    const slots = [...new Set(edges.flatMap((edge) => [...edge.slots, ...edge.wanted].map(({ slot }) => slot)))].sort();
    const head = ["Edge", ...slots, "Said"].map((name) => element("th", { scope: "col", textContent: name }));
    this.#table.replaceChildren(
      element("thead", {}, element("tr", {}, ...head)),
      element("tbody", {}, ...edges.map((edge) => row(edge, slots, fleet.now))),
    );
  }
}

function row(edge, slots, now) {
  const name = element("th", { scope: "row" }, edge.edge, element("small", { textContent: edge.site ? ` ${edge.site}` : "" }));
  name.dataset.label = "Edge";
  const said = element("td", { className: edge.online ? "" : "late", textContent: edge.heard ? `${age(now - edge.heard)} ago${edge.online ? "" : ", offline"}` : "never" });
  said.dataset.label = "Said";
  const cells = slots.map((slot) => {
    const cell = element("td", {}, ...content(edge, slot));
    cell.dataset.label = slot;
    return cell;
  });
  const line = element("tr", { className: edge.online ? "" : "old" }, name, ...cells, said);
  line.dataset.edge = edge.edge;
  return line;
}

function content(edge, name) {
  const slot = edge.slots.find((one) => one.slot === name);
  const wanted = edge.wanted.find((one) => one.slot === name);
  if (!slot) return [element("span", { className: "where", textContent: wanted ? `${version(wanted)} asked` : "–" })];
  const state = slot.state === "active" && !slot.proven ? "soaking" : slot.state;
  const parts = [
    element("b", { textContent: version(slot), title: slot.digest }),
    " ",
    element("span", { className: `model-state ${state}`, textContent: state, title: slot.detail }),
  ];
  if (edge.pinned.includes(name)) parts.push(element("small", { textContent: " pinned" }));
  if (wanted && wanted.digest !== slot.digest) parts.push(element("small", { textContent: ` → ${version(wanted)}` }));
  return parts;
}

function version({ model, version: number, digest }) {
  if (!digest) return "as configured";
  return number ? `${model} ${number}` : digest.slice(0, 12);
}
