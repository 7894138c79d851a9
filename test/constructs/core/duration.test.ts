import { Duration } from "@groundwork/constructs/core/duration";
import { DIM001 } from "@groundwork/constructs/core/rules";

describe("Duration", () => {
  test("converts between units", () => {
    expect([Duration.days(2).toDays(), Duration.hours(1).toMinutes(), Duration.minutes(5).toSeconds()]).toEqual([
      2, 60, 300,
    ]);
  });

  test("reads aloud in days or in seconds", () => {
    expect([Duration.days(365), Duration.seconds(90)].map(String)).toEqual(["365 days", "90 seconds"]);
  });

  test.each([
    () => Duration.days(0),
    () => Duration.seconds(0.5),
    () => Duration.hours(25).toDays(),
    () => Duration.seconds(90).toMinutes(),
  ])("rejects what its unit cannot express", (make) => expect(make).toViolate(DIM001));
});
