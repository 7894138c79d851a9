import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { python } from "@groundwork/tooling/python";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { ACCEPTED } from "./accepted";
import { evaluate, type Finding, readFindings, type ScanResult } from "./findings";

/** Scans stacks with checkov, without network access, and evaluates its findings. */
export async function scan(stacks: readonly SynthesizedStack[]): Promise<ScanResult> {
  const findings: Finding[] = [];
  // Sequentially: each process needs a core and 300 MB.
  for (const stack of stacks) findings.push(...(await scanStack(stack)));
  return evaluate(findings, ACCEPTED);
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

/** The result for the operator: counts by environment, and everything that needs a change. */
export function scanReport({ accepted, open, unused }: ScanResult): string {
  const counts = new Map<string, number>();
  for (const { finding } of accepted) {
    const environment = finding.stack.slice(0, finding.stack.indexOf("-"));
    counts.set(environment, (counts.get(environment) ?? 0) + 1);
  }
  return [
    ...[...counts].map(([environment, count]) => `${environment}: ${count} accepted findings`),
    ...open.map(({ check, stack, resource, title }) => `without a reason: ${check} ${stack} ${resource}: ${title}`),
    ...unused.map(({ check, stacks, resource }) => `without a finding: ${check} ${stacks.join(", ")} ${resource}`),
  ].join("\n");
}
