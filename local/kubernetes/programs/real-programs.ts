import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

/** Programs that take the place of our stand-ins where they are given. */
export const REAL_PROGRAMS = [
  "aws-load-balancer-controller",
  "cluster-autoscaler",
  "terraform-provider-kubernetes",
  "terraform-provider-helm",
] as const;

export type RealProgram = (typeof REAL_PROGRAMS)[number];

/** The given programs, and charts for the Helm provider. */
export class RealPrograms {
  /** The programs of `GROUNDWORK_PROGRAMS`; none without it. */
  static from(environment: NodeJS.ProcessEnv = process.env): RealPrograms {
    const directory = environment["GROUNDWORK_PROGRAMS"];
    return directory === undefined || directory === "" ? RealPrograms.none() : RealPrograms.in(directory);
  }

  /** No program: all stand-ins are used. */
  static none(): RealPrograms {
    return new RealPrograms(undefined, new Map());
  }

  /** The programs in a directory. Throws if it contains none of them. */
  static in(path: string): RealPrograms {
    const directory = resolve(path);
    const files = existsSync(directory) && statSync(directory).isDirectory() ? readdirSync(directory) : [];
    const found = REAL_PROGRAMS.flatMap((program) => {
      const file = files.find((name) => name === program || name.startsWith(`${program}_v`));
      return file === undefined ? [] : [[program, join(directory, file)] as const];
    });
    if (found.length === 0)
      throw new Error(
        `GROUNDWORK_PROGRAMS=${path} contains none of ${REAL_PROGRAMS.join(", ")}; give a directory with one of them, or unset the variable`,
      );
    return new RealPrograms(directory, new Map(found));
  }

  private constructor(
    readonly directory: string | undefined,
    private readonly paths: ReadonlyMap<RealProgram, string>,
  ) {}

  /** Path of a program; `undefined` if its stand-in is used. */
  pathOf(program: RealProgram): string | undefined {
    return this.paths.get(program);
  }

  /** Directory with charts, as directories or archives; `undefined` without one. */
  get charts(): string | undefined {
    const charts = this.directory === undefined ? undefined : join(this.directory, "charts");
    return charts !== undefined && existsSync(charts) ? charts : undefined;
  }
}
