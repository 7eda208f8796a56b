import { axes, palette } from "./band.js";
import { age, escape, time } from "./format.js";

/** States and texts: a strip each, coloured by what they say. */
export function stripChart(drawn, from, to) {
  const colours = palette();
  const option = axes(from, to, colours);
  const values = [...new Set(drawn.flatMap(({ points }) => points.map((p) => String(p.value ?? "–"))))].sort();
  option.yAxis = {
    type: "category",
    data: drawn.map(({ series }) => series.name.split("/").slice(-1)[0]),
    inverse: true,
    axisLabel: { color: colours.dim, fontSize: 11, width: 90, overflow: "truncate" },
    axisLine: { show: false },
    axisTick: { show: false },
  };
  option.tooltip.trigger = "item";
  option.series = drawn.map(({ series, points }, row) => ({
    type: "custom",
    name: series.name,
    clip: true,
    encode: { x: [0, 1], y: 2 },
    data: points.map((point, i) => ({
      value: [Math.max(point.t, from), Math.min(points[i + 1]?.t ?? to, to), row],
      said: String(point.value ?? "–"),
      point,
    })),
    renderItem: (params, api) => strip(api, String(points[params.dataIndex].value ?? "–"), values, colours),
    tooltip: {
      formatter: ({ data }) =>
        `<div class="tip"><time>${time(data.point.t)}, for ${age(data.value[1] - data.value[0])}</time>
         ${escape(series.name)}: <b>${escape(data.said)}</b></div>`,
    },
  }));
  return option;
}

function strip(api, said, values, colours) {
  const [x, y] = api.coord([api.value(0), api.value(2)]);
  const [end] = api.coord([api.value(1), api.value(2)]);
  const height = Math.min(26, api.size([0, 1])[1] * 0.62);
  const width = Math.max(1, end - x - 1);
  return {
    type: "rect",
    shape: { x, y: y - height / 2, width, height, r: 4 },
    style: { fill: colours.data(values.indexOf(said) + 1), opacity: 0.28 },
    textContent: {
      type: "text",
      style: { text: said, fill: colours.text, fontSize: 11, width: width - 8, overflow: "truncate", opacity: width > 30 ? 1 : 0 },
    },
    textConfig: { position: "insideLeft" },
  };
}
