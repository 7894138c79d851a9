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
export function unsupportedSystem(): Unsupported | undefined {
  const { ID: id, VERSION_ID: version } = osRelease();
  const hasApt = ["apt-get", "dpkg-deb"].every((program) => spawnSync(program, ["--version"]).error === undefined);
  const isDebian = id === "debian" && hasApt;
  if (isDebian && version === RELEASE) return undefined;
  return {
    reason: `OpenStack runs here from the packages of Debian ${RELEASE} only: tests against a real OpenStack are skipped.`,
    isDebian,
  };
}

function osRelease(file = "/etc/os-release"): Readonly<Partial<Record<"ID" | "VERSION_ID", string>>> {
  if (!existsSync(file)) return {};
  const lines = readFileSync(file, "utf8").split("\n");
  return Object.fromEntries(
    lines.map((line) => line.replaceAll('"', "").split("=", 2)).map(([name = "", value = ""]) => [name, value]),
  );
}
