import { Duration } from "@groundwork/constructs/core/duration";
import { DIM001 } from "@groundwork/constructs/core/rules";

describe("Duration", () => {
  test("converts between units", () => {
    expect([Duration.days(2).toDays(), Duration.hours(1).toMinutes(), Duration.minutes(5).toSeconds()]).toEqual([
      2, 60, 300,
    ]);
  });

  test("is printed in days or in seconds", () => {
    expect([Duration.days(365), Duration.seconds(90)].map(String)).toEqual(["365 days", "90 seconds"]);
  });

  test.each([
    () => Duration.days(0),
    () => Duration.seconds(0.5),
    () => Duration.hours(25).toDays(),
    () => Duration.seconds(90).toMinutes(),
  ])("rejects amounts that its unit cannot express", (duration) => expect(duration).toViolate(DIM001));
});
