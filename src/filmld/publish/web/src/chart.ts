import type { Names } from "./names.ts";
import { say } from "./said.ts";
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
const MOST_SERIES = 12;
/** What is counted is shown before what is measured. */
const COUNT = /^(films|copies|count|number)/i;
const YEAR = /^-?\d{4}/;

export function columns(answer: Solutions): Column[] {
  return answer.variables
    .map((name) => {
      const terms = answer.rows.map((row) => row[name]).filter((term) => term !== undefined);
      return { name, kind: kind(name, terms), distinct: new Set(terms.map(identity)).size };
    })
    .filter((column) => column.distinct > 0);
}

function identity(term: Term): string {
  return JSON.stringify([term.type, term.value, term.datatype ?? "", term["xml:lang"] ?? ""]);
}

function kind(name: string, terms: Term[]): Kind {
  if (terms.every((term) => isYear(name, term))) return "year";
  if (terms.every((term) => isNumber(term) && !isDated(term))) return "number";
  if (terms.every((term) => term.type === "uri" && term.value.startsWith(COUNTRY))) return "country";
  return terms.every((term) => term.type === "uri") ? "thing" : "text";
}

function isDated(term: Term): boolean {
  return /#(gYear|date|gYearMonth|dateTime)$/.test(term.datatype ?? "");
}

function isYear(name: string, term: Term): boolean {
  if (isDated(term)) return YEAR.test(term.value);
  const value = Number(term.value);
  const isCalledSo = /year|decade|first|last|from|until|since/i.test(name);
  return isNumber(term) && Number.isInteger(value) && value >= 1800 && value <= 2100 && isCalledSo;
}

/** The charts that an answer can be shown as, each of the columns that suit it best; the pages without script choose alike. */
export function choices(all: Column[]): Map<ChartKind, ChartChoice> {
  const of = (...kinds: Kind[]) => all.filter((column) => kinds.includes(column.kind));
  const [years, numbers, countries] = [of("year"), of("number"), of("country")];
  const nodes = of("thing", "country");
  const labels = all.filter((column) => column.kind !== "number");
  const counted = numbers.find((column) => COUNT.test(column.name));
  const measure = (counted ?? numbers.find((column) => !/percent/i.test(column.name)) ?? numbers[0])?.name ?? null;
  const found = new Map<ChartKind, ChartChoice>();
  const along = years[0] ?? labels.find((column) => column.distinct > 1) ?? labels[0] ?? numbers[0];
  if (along) {
    const x = along.name;
    const y = x === measure ? (numbers.find((column) => column.name !== x)?.name ?? null) : measure;
    const by = labels.find((column) => column.name !== x && column.distinct > 1 && column.distinct <= MOST_SERIES)?.name ?? null;
    found.set("bar", { kind: "bar", x, y, by });
    if (along.kind === "year" || along.kind === "number") found.set("line", { kind: "line", x, y, by });
  }
  if (years[0]) {
    const label = of("text")[0] ?? countries[0] ?? of("thing")[0];
    found.set("timeline", { kind: "timeline", x: years[0].name, y: years[1]?.name ?? null, by: label?.name ?? null });
  }
  if (countries[0]) found.set("map", { kind: "map", x: countries[0].name, y: measure, by: null });
  if (nodes[0] && nodes[1]) found.set("network", { kind: "network", x: nodes[0].name, y: measure, by: nodes[1].name });
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
  const measure = choice.y ?? say("rows_number");
  switch (choice.kind) {
    case "timeline": {
      const of = choice.by ?? say("says_rows");
      return choice.y ? say("says_span", of, choice.x, choice.y) : say("says_timeline", of, choice.x);
    }
    case "network":
      return say("says_network", choice.x, choice.by ?? "", measure);
    case "map":
      return say("says_map", measure, choice.x);
    default: {
      const said = say(choice.kind === "bar" ? "says_bar" : "says_line", measure, choice.x);
      return choice.by ? say("says_apart", said, choice.by) : said;
    }
  }
}
