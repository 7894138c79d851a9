import { execFileSync } from "node:child_process";
import * as fc from "fast-check";
import { GLB018 } from "@groundwork/constructs/gitlab/rules";
import { Backups } from "@groundwork/constructs/gitlab/server/backups";

const nightly = (calendar: string) => () => Backups.nightly({ calendar });

const VALID = [
  "*-*-* 02:30:00",
  "daily",
  "hourly",
  "Weekly",
  "Mon..Fri 03:00",
  "3..3:5..5:0",
  "03:00:5..6.5",
  "03:00:5..5/10",
  "Mon,Thu *-*-* 01:15",
  "Sat,Sun 12:00",
  "*-*-01 04:00:00",
  "*-*~01 04:00",
  "2026-12-24 18:00",
  "*:0/15",
  "*-*-* 00/2:00:00",
  "03:00",
  "Mon",
  "*-1,7-1 05:00:00",
  "*-*-* 02:30:00 UTC",
  "*-*-* 02:30:00 Asia/Seoul",
];

const INVALID = [
  "nonsense",
  "",
  " ",
  "every day",
  "25:00",
  "02:60",
  "*-*-* 02:30:99",
  "Mon..Foo 03:00",
  "daily 02:00",
  "02.30",
  "*-*-* 02:30\nExecStart=/bin/true",
  "* * * * *",
  // A repetition must occur at least twice, and starts at a number.
  "*-*-* 23/1:00",
  "*-*-* */2:00",
  "*-13-01",
  "*-*-32",
  "*-*~31",
  "*-*-3..1",
  "03:00:5..5",
  "03:00:5..5.5",
  "1969-01-01",
];

describe("calendar expressions", () => {
  test.each(VALID)("accepts %j", (calendar) => {
    expect(nightly(calendar)().calendar).toBe(calendar);
  });

  test.each(INVALID)("rejects %j", (calendar) => {
    expect(nightly(calendar)).toViolate(GLB018, /systemd-analyze calendar/);
  });

  const analyze = (text: string) => {
    try {
      execFileSync("systemd-analyze", ["calendar", "--", text], { stdio: "ignore" });
      return true;
    } catch (error) {
      if ((error as { code?: string }).code === "ENOENT") return undefined;
      return false;
    }
  };

  const agreesWithSystemd = (text: string) => {
    const accepted = (() => {
      try {
        return nightly(text)().calendar === text;
      } catch {
        return false;
      }
    })();
    expect([text, accepted]).toEqual([text, analyze(text)]);
  };
  // Without systemd, the tables above are the test.
  const examples = analyze("daily") === undefined ? 0 : 80;
  const number = (max: number) => fc.integer({ min: 0, max });
  const component = (max: number) =>
    fc.oneof(
      fc.constant("*"),
      number(max).map(String),
      fc.tuple(number(max), fc.integer({ min: 0, max: 12 })).map(([at, every]) => `${at}/${every}`),
      fc.tuple(number(max), number(max)).map(([from, to]) => `${from}..${to}`),
      fc.tuple(number(max), number(max)).map(([one, other]) => `${one},${other}`),
    );

  test("agrees with systemd on times of a day", () => {
    fc.assert(
      fc.property(component(30), component(70), component(70), (hour, minute, second) => {
        agreesWithSystemd(`*-*-* ${hour}:${minute}:${second}`);
      }),
      { numRuns: examples },
    );
  });

  test("agrees with systemd on dates", () => {
    fc.assert(
      fc.property(component(14), component(34), (month, day) => {
        agreesWithSystemd(`*-${month}-${day} 01:00`);
      }),
      { numRuns: examples },
    );
  });
});
