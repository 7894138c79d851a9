import { spawnSync } from "node:child_process";

/** Programs that cannot be installed as packages: what for, from which version on, and where they come from. */
const TOOLS = [
  {
    programs: ["node"],
    least: [20, 9],
    without: "nothing works",
    get: "install it from nodejs.org or with your version manager",
  },
  {
    programs: ["terraform", "tofu"],
    least: [1, 11],
    cloud: true,
    without: "the demo and the cloud tests are skipped",
    get: "install Terraform from developer.hashicorp.com/terraform/install or OpenTofu from opentofu.org",
  },
  {
    programs: ["python3"],
    least: [3, 10],
    cloud: true,
    without: "the local cloud and the scan are skipped",
    get: "install it from python.org or with your package manager",
  },
];

/**
 * Says which tools are missing or too old, one sentence each, and ends there.
 *
 * Ends well, for what cannot run here is skipped; in CI a skip would look like a success, so there it is a failure.
 */
export function requireTools({ cloud }) {
  const missing = TOOLS.filter(
    (tool) => (cloud || !tool.cloud) && !tool.programs.some((program) => isEnough(tool, program)),
  );
  for (const { programs, least, without, get } of missing) {
    console.error(`${programs.join(" or ")} ≥ ${least.join(".")} is missing: without it ${without}; ${get}.`);
  }
  if (missing.length > 0) process.exit(process.env["CI"] === "true" || missing.some(({ cloud }) => !cloud) ? 1 : 0);
}

function isEnough({ least }, program) {
  const { stdout, status } = spawnSync(program, [["terraform", "tofu"].includes(program) ? "version" : "--version"], {
    encoding: "utf8",
  });
  if (status !== 0) return false;
  const [, major = "0", minor = "0"] = /(\d+)\.(\d+)/.exec(stdout) ?? [];
  const [leastMajor, leastMinor] = least;
  return Number(major) > leastMajor || (Number(major) === leastMajor && Number(minor) >= leastMinor);
}
