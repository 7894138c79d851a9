import { DIM001 } from "./rules";

/**
 * Defines a length of time.
 *
 * @example Duration.minutes(5).toSeconds() // 300
 */
export class Duration {
  /** A number of seconds. */
  static seconds(amount: number): Duration {
    return new Duration(amount);
  }
  /** A number of minutes. */
  static minutes(amount: number): Duration {
    return new Duration(amount * 60);
  }
  /** A number of hours. */
  static hours(amount: number): Duration {
    return new Duration(amount * 3_600);
  }
  /** A number of days. */
  static days(amount: number): Duration {
    return new Duration(amount * 86_400);
  }

  private constructor(private readonly seconds: number) {
    if (!Number.isInteger(seconds) || seconds <= 0)
      throw DIM001.violation({ given: `${seconds} seconds`, fix: "use a whole number above zero" });
  }

  /** The duration in seconds. */
  toSeconds(): number {
    return this.seconds;
  }
  /** The duration in minutes. */
  toMinutes(): number {
    return this.whole(60, "minutes");
  }
  /** The duration in days. */
  toDays(): number {
    return this.whole(86_400, "days");
  }

  /** The duration as text, `7 days` or `90 seconds`. */
  toString(): string {
    return this.seconds % 86_400 === 0 ? `${this.seconds / 86_400} days` : `${this.seconds} seconds`;
  }

  private whole(unit: number, name: string): number {
    if (this.seconds % unit !== 0)
      throw DIM001.violation({
        given: `${this.seconds} seconds where whole ${name} are required`,
        fix: `use Duration.${name}()`,
      });
    return this.seconds / unit;
  }
}
