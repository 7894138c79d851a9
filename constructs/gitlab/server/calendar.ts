import { GLB018 } from "../rules";

/** Expressions with a name. Source: systemd.time(7), "Calendar events". */
const NAMED =
  /^(minutely|hourly|daily|weekly|monthly|yearly|annually|quarterly|semiannually|biannually|bi-annually|semi-annually)$/;

const WEEKDAY = "(mon(day)?|tue(sday)?|wed(nesday)?|thu(rsday)?|fri(day)?|sat(urday)?|sun(day)?)";
const WEEKDAYS = `${WEEKDAY}(\\.\\.${WEEKDAY})?(,${WEEKDAY}(\\.\\.${WEEKDAY})?)*,?`;

/** One part of a date or time: `*`, `2`, `1..5`, each optionally repeated by `/3`, or a list of those. */
const VALUE = "(\\*|\\d+(\\.\\.\\d+)?)(/\\d+)?";
const VALUES = `${VALUE}(,${VALUE})*`;
const SECONDS = "(\\*|\\d+(\\.\\d+)?(\\.\\.\\d+)?)(/\\d+)?(,\\d+(\\.\\.\\d+)?(/\\d+)?)*";
const DATE = `(${VALUES}-)?${VALUES}[-~]${VALUES}`;
const TIME = `${VALUES}:${VALUES}(:${SECONDS})?`;
const ZONE = "(UTC|[A-Z][A-Za-z_+-]*(/[A-Z][A-Za-z0-9_+-]*)+)";
const EXPRESSION = new RegExp(`^(?=.)(${WEEKDAYS})?( ?(?<![^ ])(${DATE}))?( ?(?<![^ ])(${TIME}))?$`, "i");

/** Largest value of each part of a time. */
const LIMITS = [23, 59, 59];

/** Rejects a text that is no calendar expression of systemd; returns it unchanged. */
export function checkedCalendar(calendar: string): string {
  const text = calendar.replace(new RegExp(` ${ZONE}$`), "");
  const isValid =
    NAMED.test(text.toLowerCase()) || (EXPRESSION.test(text) && text.trim() === text && isTimeValid(text));
  if (!isValid)
    throw GLB018.violation({
      at: "Backups.nightly",
      given: `calendar "${calendar}"`,
      fix: 'use an expression that `systemd-analyze calendar` accepts, for example "*-*-* 02:30:00" or "Mon..Fri 03:00"',
    });
  return calendar;
}

/** Whether hours, minutes and seconds are within their bounds. */
function isTimeValid(text: string): boolean {
  const time = text.split(" ").find((part) => part.includes(":"));
  const parts = time?.split(":") ?? [];
  return parts.every((part, index) =>
    (part.match(/\d+/g) ?? []).every((digits) => Number(digits) <= (LIMITS[index] ?? 59)),
  );
}
