// The charts themselves; loaded only when somebody wants one.

import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { parse, type Spec, View } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile, type TopLevelSpec } from "vega-lite";
import { type Mark, sentence } from "./chart.ts";
import { say } from "./said.ts";
import type { ChartChoice } from "./settings.ts";

export interface Drawn {
  /** Countries that are not on the map, because they are no more or too small. */
  beside: [name: string, value: number][];
  svg: () => Promise<string>;
  end: () => void;
}

const MOST_EDGES = 150;
const MOST_BARS = 40;
const SERIES = { light: ["#8a2a1c", "#35608f", "#7a6a1f", "#4d7a4f", "#7b4a86", "#9a5b1f"], dark: ["#e8a283", "#8fb8e0", "#d6c56a", "#9ccc9e", "#cda3d6", "#e0b070"] };

/** Draws a chart. Expressions are interpreted and never compiled, so that no policy has to allow it. */
export async function draw(host: HTMLElement, choice: ChartChoice, marks: Mark[]): Promise<Drawn> {
  const sheet = getComputedStyle(host);
  const palette = {
    ink: sheet.getPropertyValue("--ink").trim() || "#000",
    rule: sheet.getPropertyValue("--rule").trim() || "#ccc",
    accent: sheet.getPropertyValue("--accent").trim() || "#900",
    paper: sheet.getPropertyValue("--paper").trim() || "#fff",
    series: matchMedia("(prefers-color-scheme: dark)").matches ? SERIES.dark : SERIES.light,
  };
  const width = Math.max(240, Math.min(host.clientWidth || 640, 1000) - 8);
  const world = choice.kind === "map" ? await outlines() : null;
  const spec = specification({ choice, marks, width, palette, world });
  const view = new View(parse(spec, undefined, { ast: true }), {
    renderer: "svg",
    container: host,
    expr: expressionInterpreter,
    hover: true,
  });
  view.description(say("says_same", sentence(choice)));
  await view.runAsync();
  const onMap = new Set(world?.features.map((one) => String(one.id)) ?? []);
  return {
    beside: world ? totals(marks.filter((mark) => !onMap.has(mark.code))) : [],
    svg: () => view.toSVG(),
    end: () => view.finalize(),
  };
}

interface Palette {
  ink: string;
  rule: string;
  accent: string;
  paper: string;
  series: string[];
}

type World = { features: { id?: string | number | undefined }[] };

interface Wanted {
  choice: ChartChoice;
  marks: Mark[];
  width: number;
  palette: Palette;
  world: World | null;
}

async function outlines(): Promise<World> {
  const response = await fetch(new URL("world.json", import.meta.url));
  const world = (await response.json()) as Topology<{ countries: GeometryCollection }>;
  return feature(world, world.objects.countries);
}

function specification(wanted: Wanted): Spec {
  if (wanted.choice.kind === "network") return network(wanted);
  const lite = { ...common(wanted), ...layer(wanted) } as TopLevelSpec;
  return compile(lite).spec;
}

function layer(wanted: Wanted): object {
  switch (wanted.choice.kind) {
    case "line":
      return line(wanted);
    case "timeline":
      return timeline(wanted);
    case "map":
      return map(wanted);
    default:
      return bars(wanted);
  }
}

function common({ width, palette }: Wanted): object {
  const text = { labelColor: palette.ink, titleColor: palette.ink, labelFontSize: 13, titleFontSize: 13 };
  return {
    width,
    autosize: { type: "fit-x", contains: "padding" },
    background: "transparent",
    config: {
      font: "system-ui, sans-serif",
      view: { stroke: null },
      axis: { ...text, gridColor: palette.rule, domainColor: palette.rule, tickColor: palette.rule, labelLimit: 160 },
      legend: { ...text, orient: "top", labelLimit: 200 },
      range: { category: palette.series },
      mark: { color: palette.accent },
    },
  };
}

const isNumber = (marks: Mark[]) => marks.every((mark) => typeof mark.x === "number");

function titles({ choice }: Wanted): { x: string; y: string } {
  return { x: choice.x, y: choice.y ?? say("rows_number") };
}

function series({ choice }: Wanted): object {
  return choice.by === null ? {} : { color: { field: "by", type: "nominal", title: choice.by } };
}

function bars(wanted: Wanted): object {
  const title = titles(wanted);
  const upright = isNumber(wanted.marks);
  const values = upright ? wanted.marks : largest(wanted.marks);
  const along = { field: "x", type: upright ? "ordinal" : "nominal", title: title.x, sort: upright ? "ascending" : "-height" };
  const whole = values.every((mark) => Number.isInteger(mark.y));
  const axis = whole ? { tickMinStep: 1 } : {};
  const measure = { field: "y", type: "quantitative", aggregate: "sum", title: title.y, axis };
  const tooltip = [{ field: "x", title: title.x }, { field: "y", aggregate: "sum", title: title.y }];
  const shape = upright
    ? { height: 340, encoding: { x: { ...along, axis: { labelAngle: -45, labelOverlap: true } }, y: measure, tooltip, ...series(wanted) } }
    : { encoding: { y: { ...along, sort: { op: "sum", field: "y", order: "descending" } }, x: measure, tooltip, ...series(wanted) } };
  return { data: { values }, mark: { type: "bar" }, ...shape };
}

/** The rows of the names with the largest sums: more bars than these nobody reads. */
function largest(marks: Mark[]): Mark[] {
  const names = new Set(totals(marks, "x").slice(0, MOST_BARS).map(([name]) => name));
  return marks.filter((mark) => names.has(String(mark.x)));
}

function totals(marks: Mark[], of: "x" | "by" = "x"): [string, number][] {
  const sums = new Map<string, number>();
  for (const mark of marks) sums.set(String(mark[of]), (sums.get(String(mark[of])) ?? 0) + mark.y);
  return [...sums].sort((one, other) => other[1] - one[1] || one[0].localeCompare(other[0]));
}

function line(wanted: Wanted): object {
  const title = titles(wanted);
  return {
    data: { values: wanted.marks },
    height: 340,
    mark: { type: "line", point: true },
    encoding: {
      x: { field: "x", type: "quantitative", title: title.x, scale: { zero: false, nice: false }, axis: { format: "d", tickMinStep: 1 } },
      y: { field: "y", type: "quantitative", aggregate: "sum", title: title.y },
      ...series(wanted),
    },
  };
}

function timeline(wanted: Wanted): object {
  const { choice, marks } = wanted;
  const name = choice.by === null ? "row" : "by";
  const values = marks.slice(0, 4 * MOST_BARS).map((mark, place) => ({ ...mark, row: place + 1, end: choice.y === null ? mark.x : mark.y }));
  const scale = { zero: false, padding: 12 };
  return {
    data: { values },
    layer: [
      { mark: { type: "rule", strokeWidth: 7, strokeCap: "round", opacity: 0.55, color: wanted.palette.accent } },
      { mark: { type: "point", filled: true, size: 70 } },
    ],
    encoding: {
      x: { field: "x", type: "quantitative", title: choice.x, scale, axis: { format: "d", tickMinStep: 1 } },
      x2: { field: "end" },
      y: { field: name, type: "nominal", title: null, sort: { field: "x", op: "min" } },
      tooltip: [{ field: name, title: choice.by ?? "row" }, { field: "x", title: choice.x }, { field: "end", title: choice.y ?? choice.x }],
    },
  };
}

function map({ choice, marks, world, palette, width }: Wanted): object {
  const sums = new Map<string, { value: number; name: string }>();
  for (const mark of marks) {
    const known = sums.get(mark.code)?.value ?? 0;
    sums.set(mark.code, { value: known + mark.y, name: String(mark.x) });
  }
  const features = (world?.features ?? []).map((one) => ({ ...one, ...sums.get(String(one.id)) }));
  const known = { field: "value", type: "quantitative", title: choice.y ?? say("rows_number"), scale: { range: [palette.rule, palette.accent], zero: true } };
  return {
    height: width / 2,
    projection: { type: "equalEarth" },
    layer: [
      { data: { values: features }, mark: { type: "geoshape", fill: "transparent", stroke: palette.rule, aria: false } },
      {
        data: { values: features.filter((one) => "value" in one) },
        mark: { type: "geoshape", stroke: palette.paper },
        encoding: { color: known, tooltip: [{ field: "name" }, { field: "value", title: known.title }] },
      },
    ],
  };
}

interface Edge {
  source: string;
  target: string;
  weight: number;
}

/** A pair that several rows name is one line, as strong as all of them. */
function edges(marks: Mark[]): Edge[] {
  const found = new Map<string, Edge>();
  for (const mark of marks) {
    const [source = "", target = ""] = [String(mark.x), mark.by].sort();
    const known = found.get(JSON.stringify([source, target]));
    if (known) known.weight += mark.y;
    else found.set(JSON.stringify([source, target]), { source, target, weight: mark.y });
  }
  return [...found.values()].sort((one, other) => other.weight - one.weight).slice(0, MOST_EDGES);
}

function network({ marks, width, palette }: Wanted): Spec {
  const pairs = edges(marks);
  const sums = new Map<string, number>();
  for (const { source, target, weight } of pairs) {
    for (const name of [source, target]) sums.set(name, (sums.get(name) ?? 0) + weight);
  }
  const height = Math.min(620, Math.max(320, width * 0.7));
  const names = [...sums.keys()].sort();
  const links = pairs.map((pair) => ({ source: names.indexOf(pair.source), target: names.indexOf(pair.target), weight: pair.weight }));
  const nodes = names.map((name) => ({ name, value: sums.get(name) ?? 0 }));
  return {
    width,
    height,
    padding: 8,
    background: "transparent",
    data: [
      { name: "nodes", values: nodes },
  { name: "links", values: links },
    ],
    scales: [
      { name: "size", type: "sqrt", domain: { data: "nodes", field: "value" }, range: [60, 700], zero: true },
      { name: "strength", type: "sqrt", domain: { data: "links", field: "weight" }, range: [1, 9], zero: true },
    ],
    marks: [
      {
        name: "spots",
        type: "symbol",
        zindex: 1,
        aria: false,
        from: { data: "nodes" },
        encode: {
          enter: { middle: { value: width / 2 }, level: { value: height / 2 }, fill: { value: palette.accent }, stroke: { value: palette.paper }, tooltip: { signal: "datum.name + ': ' + datum.value" } },
          update: { size: { scale: "size", field: "value" } },
        },
        transform: [
          {
            type: "force",
            signal: "force",
            iterations: 300,
            static: true,
            forces: [
              { force: "center", x: width / 2, y: height / 2 },
              { force: "collide", radius: 26 },
              { force: "nbody", strength: -140 },
              { force: "x", x: "middle", strength: 0.05 },
              { force: "y", y: "level", strength: 0.08 },
              { force: "link", links: "links", distance: Math.min(170, Math.max(60, width / Math.sqrt(8 * nodes.length))) },
            ],
          },
        ],
      },
      {
        type: "path",
        aria: false,
        from: { data: "links" },
        interactive: false,
        encode: { update: { stroke: { value: palette.ink }, strokeOpacity: { value: 0.35 }, strokeWidth: { scale: "strength", field: "weight" } } },
        transform: [
          {
            type: "linkpath",
            require: { signal: "force" },
            shape: "line",
            sourceX: "datum.source.x",
            sourceY: "datum.source.y",
            targetX: "datum.target.x",
            targetY: "datum.target.y",
          },
        ],
      },
      {
        type: "text",
        zindex: 2,
        aria: false,
        from: { data: "spots" },
        interactive: false,
        encode: {
          enter: { text: { field: "datum.name" }, fill: { value: palette.ink }, align: { value: "center" }, fontSize: { value: 12 }, font: { value: "system-ui, sans-serif" } },
          update: { x: { field: "x" }, y: { signal: "datum.y - sqrt(datum.size) / 2 - 4" } },
        },
      },
    ],
  };
}
