// @ts-check
// Asks the npm registry for known vulnerabilities of the packages that the published packages install; fails for high and critical ones.
// A registry that does not offer audits, such as a mirror, is no failure: .ci/run continues.
import { spawnSync } from "node:child_process";

const MINUTE_MS = 60_000;

/**
 * Highest severities of the packages in the report of `npm audit --json`; undefined if it is no report.
 *
 * @param {string} text
 * @returns {readonly string[] | undefined}
 */
export function severeFindings(text) {
  try {
    const { vulnerabilities } = JSON.parse(text);
    if (typeof vulnerabilities !== "object" || vulnerabilities === null) return undefined;
    return Object.entries(vulnerabilities)
      .filter(([, { severity }]) => severity === "high" || severity === "critical")
      .map(([name, { severity }]) => `${name}: ${severity}`);
  } catch {
    return undefined;
  }
}

/** Returns the exit code. */
function audit() {
  const { stdout } = spawnSync("npm", ["audit", "--json", "--omit=dev"], { encoding: "utf8", timeout: 2 * MINUTE_MS });
  const findings = severeFindings(stdout ?? "");
  if (findings === undefined) {
    console.log("the npm registry offers no audit: known vulnerabilities of packages are not checked here");
    return 0;
  }
  for (const finding of findings) console.log(finding);
  console.log(`${findings.length} packages with a known vulnerability of high or critical severity`);
  return findings.length === 0 ? 0 : 1;
}

if (process.argv[1] === import.meta.filename) process.exitCode = audit();
