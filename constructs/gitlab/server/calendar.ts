import { GLB018 } from "../rules";

/** Expressions with a name. Source: systemd.time(7), "Calendar events". */
const NAMED =
  /^(minutely|hourly|daily|weekly|monthly|yearly|annually|quarterly|semiannually|biannually|bi-annually|semi-annually)$/;

const WEEKDAY = "(mon(day)?|tue(sday)?|wed(nesday)?|thu(rsday)?|fri(day)?|sat(urday)?|sun(day)?)";
const WEEKDAYS = `${WEEKDAY}(\\.\\.${WEEKDAY})?(,${WEEKDAY}(\\.\\.${WEEKDAY})?)*,?`;

/** One component of a date or time: `*`, or a list of `2`, `1..5`, each optionally repeated by `/3`. */
const VALUES = "(\\*|[\\d./,]+)";
const DATE = `(${VALUES}-)?${VALUES}[-~]${VALUES}`;
const TIME = `${VALUES}:${VALUES}(:${VALUES})?`;
const ZONE = "(UTC|[A-Z][A-Za-z_+-]*(/[A-Z][A-Za-z0-9_+-]*)+)";
const EXPRESSION = new RegExp(`^(?=.)(${WEEKDAYS})?( ?(?<![^ ])(${DATE}))?( ?(?<![^ ])(${TIME}))?$`, "i");

/** Bounds of a component. */
interface Bounds {
  readonly min: number;
  readonly max: number;
  /** Whether values have a fractional part. */
  readonly decimal?: boolean;
}

const TIME_BOUNDS: readonly Bounds[] = [
  { min: 0, max: 23 },
  { min: 0, max: 59 },
  { min: 0, max: 59.999999, decimal: true },
];
const YEAR: Bounds = { min: 0, max: 2199 };
const MONTH: Bounds = { min: 1, max: 12 };
const DAY: Bounds = { min: 1, max: 31 };
/** Days before the end of a month, of which the shortest has 28. */
const DAY_FROM_END: Bounds = { min: 1, max: 28 };

/** Rejects a text that is no calendar expression of systemd; returns it unchanged. */
export function checkedCalendar(calendar: string): string {
  const text = calendar.replace(new RegExp(` ${ZONE}$`), "");
  const isValid =
    NAMED.test(text.toLowerCase()) || (EXPRESSION.test(text) && text.trim() === text && areComponentsValid(text));
  if (!isValid)
    throw GLB018.violation({
      at: "Backups.nightly",
      given: `calendar "${calendar}"`,
      fix: 'use an expression that `systemd-analyze calendar` accepts, for example "*-*-* 02:30:00" or "Mon..Fri 03:00"',
    });
  return calendar;
}

/** Whether all components of date and time are within their bounds. */
function areComponentsValid(text: string): boolean {
  return text.split(" ").every((part) => {
    if (part.includes(":")) return part.split(":").every((list, index) => isListValid(list, TIME_BOUNDS[index] ?? DAY));
    return /\d|\*/.test(part) ? isDateValid(part) : true;
  });
}

function isDateValid(date: string): boolean {
  const fromEnd = date.includes("~");
  const components = date.split(/[-~]/);
  const bounds = [YEAR, MONTH, fromEnd ? DAY_FROM_END : DAY].slice(-components.length);
  const [year = ""] = components.length === 3 ? components : [];
  // Years of two digits are in this century or the last; of four digits they begin with 1970.
  if (/^\d{3,4}$/.test(year) && Number(year) < 1970) return false;
  return components.every((list, index) =>
    isListValid(list, bounds[index] ?? DAY, fromEnd && index === bounds.length - 1),
  );
}

function isListValid(list: string, bounds: Bounds, fromEnd = false): boolean {
  return list === "*" || list.split(",").every((value) => isValueValid(value, bounds, fromEnd));
}

/** Whether a value, range or repetition is within its bounds. */
function isValueValid(value: string, bounds: Bounds, fromEnd: boolean): boolean {
  const number = bounds.decimal === true ? "\\d+(?:\\.\\d{1,6})?" : "\\d+";
  const match = new RegExp(`^(${number})(?:\\.\\.(${number}))?(?:/(${number}))?$`).exec(value);
  if (match === null) return false;
  const [first = "", last = first, step] = match.slice(1) as readonly (string | undefined)[];
  const isInOrder = bounds.min <= Number(first) && Number(first) <= Number(last) && Number(last) <= bounds.max;
  if (!isInOrder) return false;
  if (step !== undefined) return isStepValid(Number(first), Number(step), bounds, fromEnd);
  return !value.includes("..") || isRangeValid(Number(first), Number(last), bounds);
}

/** systemd repeats a range of seconds every second, at least twice; 5..5 is valid for hours and minutes only. */
function isRangeValid(first: number, last: number, { decimal = false }: Bounds): boolean {
  return !decimal || last - first >= 1;
}

/** Whether a repetition occurs at least twice; systemd rejects all others. */
function isStepValid(first: number, step: number, { min, max }: Bounds, fromEnd: boolean): boolean {
  return step > 0 && (fromEnd ? first - step >= min : first + step <= max);
}
