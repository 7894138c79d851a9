import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageDirectory } from "@groundwork/tooling/paths";

/** The parts of this package's `package.json` that are read here. */
export interface Manifest {
  readonly version: string;
  /** Versions of the packages in the projects that `groundwork init` creates. */
  readonly initialVersions: Readonly<Record<string, string>>;
}

/** This package's `package.json`. */
export function manifest(): Manifest {
  return JSON.parse(readFileSync(join(packageDirectory(__dirname), "package.json"), "utf8")) as Manifest;
}

/** Version of this package. */
export function version(): string {
  return manifest().version;
}
