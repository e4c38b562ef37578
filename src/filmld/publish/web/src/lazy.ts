import type { Mark } from "./chart.ts";
import type { Drawn } from "./draw.ts";
import type { ChartChoice } from "./settings.ts";

export type { Drawn } from "./draw.ts";

export async function draw(host: HTMLElement, choice: ChartChoice, marks: Mark[]): Promise<Drawn> {
  return (await import("./draw.ts")).draw(host, choice, marks);
}
