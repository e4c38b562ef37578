import type { Names } from "./names.ts";
import type { ChartChoice, ChartKind } from "./settings.ts";
import { isNumber, type Row, type Solutions, type Term } from "./terms.ts";

/** What a column holds, as far as a chart is concerned. */
export type Kind = "number" | "year" | "country" | "thing" | "text";

export interface Column {
  name: string;
  kind: Kind;
  distinct: number;
}

export const COUNTRY = "https://w3id.org/filmld/country/";
export const NUMBER_OF_ROWS = "number of rows";
const MOST_SERIES = 12;
const YEAR = /^-?\d{4}/;

export function columns(answer: Solutions): Column[] {
  return answer.variables
    .map((name) => {
      const terms = answer.rows.map((row) => row[name]).filter((term) => term !== undefined);
      return { name, kind: kind(name, terms), distinct: new Set(terms.map((term) => term.value)).size };
    })
    .filter((column) => column.distinct > 0);
}

function kind(name: string, terms: Term[]): Kind {
  if (terms.every((term) => isYear(name, term))) return "year";
  if (terms.every(isNumber)) return "number";
  if (terms.every((term) => term.value.startsWith(COUNTRY))) return "country";
  return terms.every((term) => term.type === "uri") ? "thing" : "text";
}

function isYear(name: string, term: Term): boolean {
  if (/#(gYear|date|gYearMonth|dateTime)$/.test(term.datatype ?? "")) return YEAR.test(term.value);
  const value = Number(term.value);
  const isCalledSo = /year|decade|first|last|from|until|since/i.test(name);
  return isNumber(term) && Number.isInteger(value) && value >= 1800 && value <= 2100 && isCalledSo;
}

/** The charts that an answer can be shown as, each of the columns that suit it best. */
export function choices(all: Column[]): Map<ChartKind, ChartChoice> {
  const years = all.filter((column) => column.kind === "year");
  const numbers = all.filter((column) => column.kind === "number");
  const countries = all.filter((column) => column.kind === "country");
  const nodes = all.filter((column) => column.kind === "thing" || column.kind === "country");
  const labels = all.filter((column) => column.kind !== "number");
  const y = numbers.find((column) => !/percent/i.test(column.name))?.name ?? numbers[0]?.name ?? null;
  const x = (years[0] ?? labels.find((column) => column.distinct > 1) ?? labels[0] ?? numbers[0])?.name;
  const by = labels.find((column) => column.name !== x && column.distinct > 1 && column.distinct <= MOST_SERIES)?.name ?? null;
  const found = new Map<ChartKind, ChartChoice>();
  if (x) found.set("bar", { kind: "bar", x, y: x === y ? null : y, by });
  const along = years[0] ?? numbers[0];
  if (along && (y === null || along.name !== y || numbers.length > 1)) {
    const height = numbers.find((column) => column.name !== along.name)?.name ?? null;
    found.set("line", { kind: "line", x: along.name, y: height, by });
  }
  const first = years[0];
  if (first) {
    const label = labels.find((column) => column.kind !== "year" && column.kind !== "thing") ?? nodes[0];
    found.set("timeline", { kind: "timeline", x: first.name, y: years[1]?.name ?? null, by: label?.name ?? null });
  }
  if (countries[0]) found.set("map", { kind: "map", x: countries[0].name, y, by: null });
  if (nodes[0] && nodes[1]) found.set("network", { kind: "network", x: nodes[0].name, y, by: nodes[1].name });
  return found;
}

/** A row as a chart needs it: names in place of things, numbers as numbers. */
export interface Mark {
  x: string | number;
  y: number;
  by: string;
  /** The code of the country in `x`, if that is one. */
  code: string;
}

export function marks(answer: Solutions, choice: ChartChoice, names: Names): Mark[] {
  const kinds = new Map(columns(answer).map((column) => [column.name, column.kind]));
  const value = (term: Term | undefined, name: string): string | number => {
    if (kinds.get(name) === "year") return Number(YEAR.exec(term?.value ?? "")?.[0] ?? Number.NaN);
    return kinds.get(name) === "number" ? Number(term?.value ?? Number.NaN) : names.text(term) || "–";
  };
  const mark = (row: Row): Mark => ({
    x: value(row[choice.x], choice.x),
    y: choice.y === null ? 1 : Number(value(row[choice.y], choice.y)),
    by: choice.by === null ? "" : String(value(row[choice.by], choice.by)),
    code: code(row[choice.x]),
  });
  return answer.rows.filter((row) => row[choice.x] !== undefined).map(mark);
}

function code(term: Term | undefined): string {
  return term?.value.startsWith(COUNTRY) ? term.value.slice(COUNTRY.length) : "";
}

/** What a chart shows, in a sentence for those who do not see it. */
export function sentence(choice: ChartChoice): string {
  const measure = choice.y ?? NUMBER_OF_ROWS;
  const series = choice.by ? `, by ${choice.by}` : "";
  switch (choice.kind) {
    case "timeline":
      return `Timeline of ${choice.by ?? "rows"} from ${choice.x}${choice.y ? ` to ${choice.y}` : ""}`;
    case "network":
      return `Network of ${choice.x} and ${choice.by}, lines as strong as ${measure}`;
    case "map":
      return `World map of ${measure} by ${choice.x}`;
    default:
      return `${choice.kind === "bar" ? "Bar" : "Line"} chart of ${measure} by ${choice.x}${series}`;
  }
}
