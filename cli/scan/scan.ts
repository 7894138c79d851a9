import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { defined } from "@groundwork/constructs/core";
import { python } from "@groundwork/tooling/python";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import type { AcceptedFinding } from "./accepted-finding";
import { evaluate, type Finding, readFindings, type ScanResult } from "./findings";

/** Scans stacks with checkov, without network access, and evaluates its findings. */
export async function scan(
  stacks: readonly SynthesizedStack[],
  accepted: readonly AcceptedFinding[],
  abort?: AbortSignal,
): Promise<ScanResult> {
  const findings: Finding[] = [];
  // Sequentially: each process needs a core and 300 MB.
  for (const stack of stacks) findings.push(...(await scanStack(stack, abort)));
  return evaluate(findings, accepted);
}

async function scanStack({ id, directory }: SynthesizedStack, signal?: AbortSignal): Promise<readonly Finding[]> {
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
    ...defined({ signal }),
  });
  return readFindings(id, stdout);
}

/** The result for the operator: counts by stack, and everything that needs a change. */
export function scanReport({ accepted, open, unused }: ScanResult): readonly string[] {
  const counts = new Map<string, number>();
  for (const { finding } of accepted) counts.set(finding.stack, (counts.get(finding.stack) ?? 0) + 1);
  return [
    ...[...counts].map(([stack, count]) => `${stack}: ${count} accepted findings`),
    ...open.map(({ check, stack, resource, title }) => `without a reason: ${check} ${stack} ${resource}: ${title}`),
    ...unused.map(({ check, stacks, resource }) => `without a finding: ${check} ${stacks.join(", ")} ${resource}`),
    `${open.length} findings without a reason, ${unused.length} reasons without a finding`,
  ];
}
