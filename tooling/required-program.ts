import { execaSync } from "execa";
import { terraformProgram } from "./terraform/program";

/** A program that npm cannot install. */
interface RequiredProgram {
  /** Its argument that prints the version. */
  readonly argument: string;
  /** The lowest supported version. */
  readonly least: readonly [major: number, minor: number];
  readonly installation: string;
}

const TERRAFORM: RequiredProgram = {
  argument: "version",
  least: [1, 11],
  installation: "install it from developer.hashicorp.com/terraform/install, or OpenTofu from opentofu.org",
};

const PYTHON: RequiredProgram = {
  argument: "--version",
  least: [3, 10],
  installation: "install it from python.org or with your package manager",
};

/** Throws when Terraform and OpenTofu are missing or too old. */
export function requireTerraform(): void {
  requireProgram(terraformProgram(), TERRAFORM);
}

/** Throws when Python is missing or too old. */
export function requirePython(): void {
  requireProgram("python3", PYTHON);
}

function requireProgram(program: string, { argument, least, installation }: RequiredProgram): void {
  const { stdout, failed } = execaSync(program, [argument], { reject: false });
  const problem = failed ? "is not installed" : outdated(stdout, least);
  if (problem !== undefined)
    throw new Error(`${program} ≥ ${least.join(".")} is required and ${problem}; ${installation}`);
}

/** Why a version is not sufficient; undefined for a sufficient one. */
export function outdated(text: string, [leastMajor, leastMinor]: readonly [number, number]): string | undefined {
  const [version, major = "0", minor = "0"] = /(\d+)\.(\d+)(?:\.\d+)?/.exec(text) ?? [];
  const isSufficient = Number(major) > leastMajor || (Number(major) === leastMajor && Number(minor) >= leastMinor);
  return isSufficient ? undefined : `${version ?? "an unknown version"} is installed`;
}
