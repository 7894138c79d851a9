// @ts-check
import { spawnSync } from "node:child_process";

/**
 * A tool that npm cannot install.
 *
 * @typedef {object} Tool
 * @property {readonly string[]} programs - alternatives
 * @property {readonly [number, number]} least - the lowest supported version
 * @property {boolean} cloud - whether only the local cloud needs it
 * @property {string} consequence - of a missing tool
 * @property {string} installation
 */

/** @type {readonly Tool[]} */
const TOOLS = [
  {
    programs: ["node"],
    least: [20, 19],
    cloud: false,
    consequence: "no command runs",
    installation: "install it from nodejs.org or with your version manager",
  },
  {
    programs: ["terraform", "tofu"],
    least: [1, 11],
    cloud: true,
    consequence: "the demo and the cloud tests are skipped",
    installation: "install Terraform from developer.hashicorp.com/terraform/install or OpenTofu from opentofu.org",
  },
  {
    programs: ["python3"],
    least: [3, 10],
    cloud: true,
    consequence: "the local cloud and the scan are skipped",
    installation: "install it from python.org or with your package manager",
  },
];

/**
 * Prints a sentence for each missing or outdated tool and ends the process.
 *
 * The exit code is 1: a command that was skipped has not succeeded.
 *
 * @param {{ cloud: boolean }} options
 */
export function requireTools({ cloud }) {
  const missing = TOOLS.filter((tool) => (cloud || !tool.cloud) && !isInstalled(tool));
  for (const { programs, least, consequence, installation } of missing) {
    console.error(
      `${programs.join(" or ")} ≥ ${least.join(".")} is missing: without it ${consequence}; ${installation}.`,
    );
  }
  if (missing.length > 0) process.exit(1);
}

/** Whether a supported version of Python is installed. */
export function hasPython() {
  return TOOLS.filter(({ programs }) => programs.includes("python3")).every(isInstalled);
}

/** @param {Tool} tool */
function isInstalled({ programs, least }) {
  return programs.some((program) => isSufficient(program, least));
}

/**
 * @param {string} program
 * @param {readonly [number, number]} least
 */
function isSufficient(program, [leastMajor, leastMinor]) {
  const argument = ["terraform", "tofu"].includes(program) ? "version" : "--version";
  const { stdout, status } = spawnSync(program, [argument], { encoding: "utf8" });
  if (status !== 0) return false;
  const [, major = "0", minor = "0"] = /(\d+)\.(\d+)/.exec(stdout) ?? [];
  return Number(major) > leastMajor || (Number(major) === leastMajor && Number(minor) >= leastMinor);
}
