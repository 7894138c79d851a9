import { GLB005 } from "./rules";

/** Required upgrade stops before 18; from 18 on they are the minor versions 2, 5, 8 and 11 of each major version. */
const EARLY_STOPS = ["15.11", "16.3", "16.7", "16.11", "17.3", "17.5", "17.8", "17.11"];
const MINOR_STOPS = [2, 5, 8, 11];

/**
 * Defines a version of GitLab with major, minor and patch number.
 *
 * @example GitLabVersion.of("18.11.2")
 */
export class GitLabVersion {
  /** A version from its text, for example `18.11.2`. */
  static of(text: string): GitLabVersion {
    const match = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.exec(text);
    if (match === null)
      throw GLB005.violation({ given: `version "${text}"`, fix: 'use three numbers, for example "18.11.2"' });
    return new GitLabVersion(text, Number(match[1]), Number(match[2]), Number(match[3]));
  }

  private constructor(
    private readonly text: string,

    /** Major version. */
    readonly major: number,

    /** Minor version. */
    readonly minor: number,
    private readonly patch: number,
  ) {}

  /** Major and minor number, for example `18.11`. */
  get line(): string {
    return `${this.major}.${this.minor}`;
  }

  /** Whether the other version is newer. */
  isOlderThan(other: GitLabVersion): boolean {
    const [left, right] = [order(this.major, this.minor), order(other.major, other.minor)];
    return left < right || (left === right && this.patch < other.patch);
  }

  /** Whether a runner and a server with these versions are compatible: same major and minor version. */
  matches(other: GitLabVersion): boolean {
    return this.line === other.line;
  }

  /**
   * Required stops such as `18.8` of an upgrade from an older version; at each one the background migrations must finish.
   * Source: "Upgrade paths" in the GitLab documentation.
   */
  stopsFrom(older: GitLabVersion): readonly string[] {
    return stopsUpTo(this.major).filter((stop) => {
      const [major = 0, minor = 0] = stop.split(".").map(Number);
      return (
        order(older.major, older.minor) < order(major, minor) && order(major, minor) < order(this.major, this.minor)
      );
    });
  }

  /** Text for messages and names. */
  toString(): string {
    return this.text;
  }
}

function stopsUpTo(major: number): readonly string[] {
  const majors = Array.from({ length: Math.max(0, major - 17) }, (_, index) => index + 18);
  return [...EARLY_STOPS, ...majors.flatMap((next) => MINOR_STOPS.map((minor) => `${next}.${minor}`))];
}

function order(major: number, minor: number): number {
  return major * 100 + minor;
}
