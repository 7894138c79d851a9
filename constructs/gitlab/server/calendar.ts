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

/** Whether a value, range or repetition is within its bounds: systemd rejects a repetition that occurs only once. */
function isValueValid(value: string, { min, max, decimal = false }: Bounds, fromEnd: boolean): boolean {
  const number = decimal ? "\\d+(?:\\.\\d{1,6})?" : "\\d+";
  const groups = new RegExp(`^(?<first>${number})(?:\\.\\.(?<last>${number}))?(?:/(?<step>${number}))?$`).exec(
    value,
  )?.groups;
  if (groups === undefined) return false;
  const first = Number(groups["first"]);
  const last = Number(groups["last"] ?? first);
  const isInOrder = min <= first && first <= last && last <= max;
  const step = Number(groups["step"] ?? NaN);
  return isInOrder && (Number.isNaN(step) || (step > 0 && (fromEnd ? first - step >= min : first + step <= max)));
}
