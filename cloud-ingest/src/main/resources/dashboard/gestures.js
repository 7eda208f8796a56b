/** Room beside the axes of a plot, in pixels; the same in every chart, so that times stand above each other. */
export const MARGIN = { left: 58, right: 16 };

const MOVED = 4;
const WHEEL = 0.0016;

/**
 * Fingers, mouse and wheel on a plot. Dragging pans, two fingers or the wheel with Ctrl zoom, dragging
 * with Shift selects, a double click comes nearer. A wheel without Ctrl scrolls the page, unless the
 * plot has the focus.
 *
 * @param {HTMLElement} plot
 * @param {{pan: (part: number) => void, zoom: (factor: number, at: number) => void, select: (from: number, to: number) => void}} to
 *   parts of the time that is shown, from 0 at the left to 1 at the right
 */
export function listen(plot, to) {
  const pointers = new Map();
  const width = () => Math.max(1, plot.clientWidth - MARGIN.left - MARGIN.right);
  const part = (x) => (x - plot.getBoundingClientRect().left - MARGIN.left) / width();
  let begun = null;
  let box = null;

  plot.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    pointers.set(event.pointerId, event.clientX);
    begun = { x: event.clientX, selects: event.shiftKey, moved: false };
  });

  plot.addEventListener("pointermove", (event) => {
    if (!pointers.has(event.pointerId)) return;
    const before = [...pointers.values()];
    const was = pointers.get(event.pointerId);
    if (pointers.size === 1 && !begun.moved && Math.abs(event.clientX - begun.x) < MOVED) return;
    if (!begun.moved) plot.setPointerCapture(event.pointerId);
    begun.moved = true;
    pointers.set(event.pointerId, event.clientX);
    if (pointers.size === 2) pinch(before, [...pointers.values()]);
    else if (begun.selects) show(begun.x, event.clientX);
    else to.pan((was - event.clientX) / width());
  });

  const ended = (event) => {
    if (!pointers.delete(event.pointerId)) return;
    box?.remove();
    box = null;
    if (begun.selects && begun.moved && event.type === "pointerup") to.select(part(begun.x), part(event.clientX));
    if (!pointers.size) plot.classList.remove("dragged");
  };
  plot.addEventListener("pointerup", ended);
  plot.addEventListener("pointercancel", ended);

  plot.addEventListener("dblclick", (event) => to.zoom(0.5, part(event.clientX)));
  plot.addEventListener("wheel", (event) => wheel(event), { passive: false });

  function pinch(before, after) {
    const [was, is] = [Math.abs(before[0] - before[1]), Math.abs(after[0] - after[1])];
    if (was > 8 && is > 8) to.zoom(was / is, part((after[0] + after[1]) / 2));
    to.pan((before[0] + before[1] - after[0] - after[1]) / 2 / width());
  }

  function wheel(event) {
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
    const zooms = event.ctrlKey || event.metaKey || document.activeElement === plot;
    if (!sideways && !zooms) return;
    event.preventDefault();
    if (sideways) to.pan(event.deltaX / width());
    else to.zoom(Math.exp(Math.max(-250, Math.min(250, event.deltaY)) * WHEEL), part(event.clientX));
  }

  function show(one, other) {
    const left = plot.getBoundingClientRect().left;
    box ??= plot.appendChild(Object.assign(document.createElement("div"), { className: "selected-box" }));
    box.style.left = `${Math.min(one, other) - left}px`;
    box.style.width = `${Math.abs(one - other)}px`;
  }
}
