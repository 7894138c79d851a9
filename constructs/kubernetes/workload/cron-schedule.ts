import type { Location, Violation } from "../../core/violation";
import { KUB043 } from "./rules";

/** Fields of a schedule: name, bounds, and names of values from the first one on. */
const FIELDS: readonly (readonly [name: string, min: number, max: number, names: readonly string[]])[] = [
  ["minute", 0, 59, []],
  ["hour", 0, 23, []],
  ["day", 1, 31, []],
  ["month", 1, 12, ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]],
  ["weekday", 0, 6, ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]],
];

const DESCRIPTORS = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

/** Violations of a schedule of five fields, or of a word such as `@daily`. Source: `robfig/cron`, whose parser the API server uses. */
export function scheduleViolations(schedule: string, at: Location): Violation[] {
  if (DESCRIPTORS.includes(schedule)) return [];
  const fields = schedule.split(/\s+/);
  const wrong = FIELDS.find((field, index) => !isField(fields[index] ?? "", field));
  if (fields.length === FIELDS.length && wrong === undefined) return [];
  return [
    KUB043.violation({
      at,
      given: `schedule "${schedule}"${fields.length === FIELDS.length ? `, ${wrong?.[0] ?? ""}` : ""}`,
      fix: 'use minute, hour, day, month and weekday, such as "0 3 * * 1-5", and timeZone for the zone',
    }),
  ];
}

function isField(text: string, field: (typeof FIELDS)[number]): boolean {
  return text.split(",").every((item) => {
    const [, range = "", step] = /^([^/]+)(?:\/(\d{1,2}))?$/.exec(item) ?? [];
    return (step === undefined || Number(step) > 0) && isRange(range, field);
  });
}

/** Whether a text is every value, one value, or the first and the last one. */
function isRange(text: string, [, min, max, names]: (typeof FIELDS)[number]): boolean {
  if (text === "*" || text === "?") return true;
  const [first = NaN, last = first, ...others] = text.split("-").map((part) => {
    const position = names.indexOf(part.toLowerCase());
    if (position >= 0) return min + position;
    return /^\d{1,2}$/.test(part) ? Number(part) : NaN;
  });
  return others.length === 0 && first >= min && last <= max && first <= last;
}
