// @ts-check
// Asks the registries for known vulnerabilities: npm for the packages that the published packages install (high and critical ones), and
// pip-audit, where it is installed, for the Python packages of the local cloud. A registry that offers no audit, such as a mirror, is no
// failure: .ci/run continues.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./run.mjs";

const TIMEOUT_MS = 2 * 60_000;

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

/**
 * Vulnerabilities in the report of `pip-audit --format json`; undefined if it is no report, or if the registry knew no package.
 *
 * @param {string} text
 * @returns {readonly string[] | undefined}
 */
export function pythonFindings(text) {
  try {
    /** @type {{ dependencies?: { name: string, version?: string, vulns?: { id: string }[] }[] }} */
    const { dependencies = [] } = JSON.parse(text);
    const audited = dependencies.filter(({ vulns }) => vulns !== undefined);
    if (audited.length === 0) return undefined;
    return audited.flatMap(({ name, version, vulns = [] }) => vulns.map(({ id }) => `${name} ${version}: ${id}`));
  } catch {
    return undefined;
  }
}

/**
 * Reports findings; returns the exit code.
 *
 * @param {string} registry
 * @param {readonly string[] | undefined} findings
 */
function report(registry, findings) {
  if (findings === undefined) {
    console.log(`${registry} offers no audit: known vulnerabilities of its packages are not checked here`);
    return 0;
  }
  for (const finding of findings) console.log(finding);
  console.log(`${registry}: ${findings.length} known vulnerabilities`);
  return findings.length === 0 ? 0 : 1;
}

function auditNpm() {
  const { stdout } = spawnSync("npm", ["audit", "--json", "--omit=dev"], { encoding: "utf8", timeout: TIMEOUT_MS });
  return report("the npm registry", severeFindings(stdout ?? ""));
}

function auditPython() {
  const requirements = join(ROOT, "tooling/requirements.txt");
  // The file is complete, so nothing is resolved or installed.
  const args = [
    "-r",
    requirements,
    "--disable-pip",
    "--require-hashes",
    "--format",
    "json",
    "--progress-spinner",
    "off",
  ];
  const { stdout, error } = spawnSync("pip-audit", args, { encoding: "utf8", timeout: TIMEOUT_MS });
  if (error !== undefined) {
    console.log("pip-audit is not installed (pipx install pip-audit): Python packages are not checked here");
    return 0;
  }
  return report("the Python package index", pythonFindings(stdout));
}

if (process.argv[1] === import.meta.filename) process.exitCode = Math.max(auditNpm(), auditPython());
