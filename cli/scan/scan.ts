import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { python } from "@groundwork/tooling/python";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { ACCEPTED } from "./accepted";
import type { Finding, Verdict } from "./findings";
import { judge, readFindings } from "./findings";

/** Scans stacks with checkov, which asks nobody on the network, and lays its findings beside our reasons. */
export async function scan(stacks: readonly SynthesizedStack[]): Promise<Verdict> {
  const findings: Finding[] = [];
  // One after another: each takes a core and 300 MB.
  for (const stack of stacks) findings.push(...(await scanStack(stack)));
  return judge(findings, ACCEPTED);
}

async function scanStack({ id, directory }: SynthesizedStack): Promise<readonly Finding[]> {
  const options = [
    "--framework",
    "terraform_json",
    "-o",
    "json",
    "--compact",
    "--quiet",
    "--skip-download",
    "--soft-fail",
  ];
  const { stdout } = await promisify(execFile)(python(), ["-m", "checkov.main", "-d", directory, ...options], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return readFindings(id, stdout);
}

/** The verdict for a person: counts by environment, and everything that has to be done. */
export function verdictText({ accepted, open, idle }: Verdict): string {
  const counts = new Map<string, number>();
  for (const { finding } of accepted) {
    const environment = finding.stack.slice(0, finding.stack.indexOf("-"));
    counts.set(environment, (counts.get(environment) ?? 0) + 1);
  }
  return [
    ...[...counts].map(([environment, count]) => `${environment}: ${count} findings remain, each with its reason`),
    ...open.map(({ check, stack, resource, demand }) => `without a reason: ${check} ${stack} ${resource}: ${demand}`),
    ...idle.map(({ check, stacks, resource }) => `reason without a finding: ${check} ${stacks.join(", ")} ${resource}`),
  ].join("\n");
}
