import { DIM001 } from "./rules";

/**
 * Defines a length of time.
 *
 * @example Duration.minutes(5).toSeconds() // 300
 */
export class Duration {
  static seconds(amount: number): Duration {
    return new Duration(amount);
  }
  static minutes(amount: number): Duration {
    return new Duration(amount * 60);
  }
  static hours(amount: number): Duration {
    return new Duration(amount * 3_600);
  }
  static days(amount: number): Duration {
    return new Duration(amount * 86_400);
  }

  private constructor(private readonly seconds: number) {
    if (!Number.isInteger(seconds) || seconds <= 0)
      throw DIM001.violation({ given: `${seconds} seconds`, fix: "use a whole number above zero" });
  }

  toSeconds(): number {
    return this.seconds;
  }
  toMinutes(): number {
    return this.whole(60, "minutes");
  }
  toDays(): number {
    return this.whole(86_400, "days");
  }

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
