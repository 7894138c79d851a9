import type { Block } from "@groundwork/tooling/terraform/synthesized";

/** Value of a SecureString parameter that a machine creates, not Terraform. */
export const NOT_MANAGED = "not managed by Terraform";

/** A machine as one line. */
export function machineSummary(type: string, metadata: Block, { encrypted }: { readonly encrypted: boolean }): string {
  const { http_tokens: tokens, http_put_response_hop_limit: hops } = metadata;
  return `${type}, IMDS tokens ${String(tokens)}, hop limit ${String(hops)}, root volume ${encryption(encrypted)}`;
}

/** A data volume as one line. */
export function volumeSummary(volume: {
  readonly gibibytes: number;
  readonly type: string;
  readonly encrypted: boolean;
  readonly device: string;
  readonly machine: string;
}): string {
  const { gibibytes, type, encrypted, device, machine } = volume;
  return `${gibibytes} GiB ${type}, ${encryption(encrypted)}, ${device} of ${machine}`;
}

/** The allowed actions of a policy as one line, sorted. */
export function actionsSummary(policy: string): string {
  const { Statement } = JSON.parse(policy) as { Statement: readonly { readonly Action: string | readonly string[] }[] };
  return [...new Set(Statement.flatMap(({ Action }) => Action))].sort().join(", ");
}

/** The versioning and retention of a backup bucket as one line. */
export function backupSummary(versioning: string, days: number | undefined): string {
  return `versioning ${versioning.toLowerCase()}, ${days === undefined ? "unlimited retention" : `retention ${days} days`}`;
}

/** Ingress rules as one line, sorted by port. */
export function ingressSummary(rules: readonly string[]): string {
  const sorted = [...rules].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  return sorted.length === 0 ? "none" : sorted.join("; ");
}

function encryption(encrypted: boolean): string {
  return encrypted ? "encrypted" : "not encrypted";
}
