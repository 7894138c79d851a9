import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** The release whose packages contain the OpenStack release that the configuration is written for (Zed). */
const RELEASE = "12";

/** Why OpenStack cannot run on this system; `undefined` if it can. */
export interface Unsupported {
  /** One sentence for the user. */
  readonly reason: string;
  /** Whether the system is Debian with apt, so that CI must not skip silently. */
  readonly isDebian: boolean;
}

/** Checks the system for the packages that OpenStack is unpacked from. */
export function unsupportedSystem(
  releaseFile = "/etc/os-release",
  hasProgram: (program: string) => boolean = isInstalled,
): Unsupported | undefined {
  const { ID: id, VERSION_ID: version } = osRelease(releaseFile);
  const isDebian = id === "debian" && ["apt-get", "dpkg-deb"].every(hasProgram);
  if (isDebian && version === RELEASE) return undefined;
  return {
    reason: `OpenStack runs here from the packages of Debian ${RELEASE} only: tests against a real OpenStack are skipped.`,
    isDebian,
  };
}

function isInstalled(program: string): boolean {
  return spawnSync(program, ["--version"]).error === undefined;
}

function osRelease(file: string): Readonly<Partial<Record<"ID" | "VERSION_ID", string>>> {
  if (!existsSync(file)) return {};
  const lines = readFileSync(file, "utf8").split("\n");
  return Object.fromEntries(
    lines.map((line) => line.replaceAll('"', "").split("=", 2)).map(([name = "", value = ""]) => [name, value]),
  );
}
