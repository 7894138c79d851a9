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

  test("agrees with systemd on times of a day", () => {
    const part = fc.oneof(
      fc.constant("*"),
      fc.integer({ min: 0, max: 70 }).map(String),
      fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 9 })).map(([at, every]) => `${at}/${every}`),
    );
    // Without systemd, the table above is the test.
    const examples = analyze("daily") === undefined ? 0 : 60;
    fc.assert(
      fc.property(part, part, (hour, minute) => {
        const text = `*-*-* ${hour}:${minute}`;
        const accepted = (() => {
          try {
            return nightly(text)().calendar === text;
          } catch {
            return false;
          }
        })();
        expect([text, accepted]).toEqual([text, analyze(text)]);
      }),
      { numRuns: examples },
    );
  });

  test("agrees with systemd on the examples", () => {
    if (analyze("daily") === undefined) return;
    expect(VALID.filter((text) => analyze(text) !== true)).toEqual([]);
    expect(INVALID.filter((text) => analyze(text) !== false)).toEqual([]);
  });
});
