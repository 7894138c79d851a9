import { CMP016 } from "../rules";
import type { FleetSize } from "./fleet-size";

/** Bounds of the five fields of a cron expression. Source: "Scheduled scaling" in the Amazon EC2 Auto Scaling user guide. */
const FIELDS = [
  { name: "minute", min: 0, max: 59, names: [] },
  { name: "hour", min: 0, max: 23, names: [] },
  { name: "day of the month", min: 1, max: 31, names: [] },
  {
    name: "month",
    min: 1,
    max: 12,
    names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
  },
  { name: "day of the week", min: 0, max: 7, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
] as const;

type Field = (typeof FIELDS)[number];

/**
 * Defines a time at which a fleet changes its size.
 *
 * @example Schedule.cron("0 8 * * mon-fri", FleetSize.between(4, 20), { timeZone: "Asia/Seoul" })
 */
export class Schedule {
  /** A recurring time: minute, hour, day of the month, month, day of the week. */
  static cron(expression: string, size: FleetSize, options: { readonly timeZone?: string } = {}): Schedule {
    const { timeZone = "Etc/UTC" } = options;
    const fields = expression.split(" ");
    const wrong = FIELDS.filter((field, index) => !isValid(fields[index] ?? "", field));
    if (fields.length !== FIELDS.length || wrong.length > 0)
      throw CMP016.violation({
        given: `schedule "${expression}"${wrong.length === 0 ? "" : ` (${wrong.map(({ name }) => name).join(", ")})`}`,
        fix: 'use five fields, for example "0 8 * * mon-fri"',
      });
    if (!/^[A-Z][A-Za-z_]+(\/[A-Z][\w+-]*){1,2}$/.test(timeZone))
      throw CMP016.violation({
        given: `time zone "${timeZone}"`,
        fix: "use a name of the IANA database, for example Asia/Seoul",
      });
    return new Schedule(expression, timeZone, size);
  }

  private constructor(
    /** Cron expression. */
    readonly expression: string,

    /** Time zone of the expression. */
    readonly timeZone: string,

    /** Size of the fleet from this time on. */
    readonly size: FleetSize,
  ) {}
}

/** Whether a field is a list of `*`, values and ranges, each with an optional step. */
function isValid(text: string, field: Field): boolean {
  return text.split(",").every((part) => {
    const [, range = "", step] = /^([^/]+)(?:\/(\d{1,2}))?$/.exec(part) ?? [];
    return isStep(step, field) && (range === "*" || isRange(range, field));
  });
}

function isStep(step: string | undefined, { max }: Field): boolean {
  return step === undefined || (Number(step) >= 1 && Number(step) <= max);
}

/** Whether a text is a value or two values in order. */
function isRange(text: string, field: Field): boolean {
  const values = text.split("-").map((value) => numberOf(value, field));
  const [from = -1, to = from] = values;
  return !values.includes(undefined) && values.length <= 2 && from >= field.min && to >= from && to <= field.max;
}

function numberOf(text: string, field: Field): number | undefined {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  const index = (field.names as readonly string[]).indexOf(text.toLowerCase());
  return index === -1 ? undefined : index + field.min;
}
