import { block, type Settings } from "./settings.ts";

const known = typeof document === "undefined" ? null : block<Settings>("settings");

/** The language of the page. */
export const language = known?.language ?? "en";

/** Says something in the language of the page, with what is filled in. */
export function say(key: string, ...values: (string | number)[]): string {
  let filled = 0;
  return (known?.words[key] ?? key).replace(/\{\}/g, () => String(values[filled++] ?? ""));
}

export function number(value: number): string {
  return value.toLocaleString(language);
}

/** Rows of an answer, counted. */
export function rows(count: number): string {
  return `${number(count)} ${say(count === 1 ? "row" : "rows")}`;
}

/** A short time in words. */
export function duration(seconds: number): string {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return seconds >= 1 ? `${seconds.toLocaleString(language, digits)} s` : `${Math.max(1, Math.round(seconds * 1000))} ms`;
}
