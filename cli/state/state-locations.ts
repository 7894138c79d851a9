import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";

/** A bucket with Terraform states. */
export interface StateLocation {
  readonly bucket: string;
  readonly region: string;
  /** Accounts that may own it. @default - any */
  readonly accounts: readonly string[];
  /** Stacks that store their state in it. */
  readonly stacks: readonly string[];
}

interface S3Backend {
  readonly bucket?: unknown;
  readonly region?: unknown;
  readonly allowed_account_ids?: unknown;
}

/** The buckets in which the stacks store their states. */
export function stateLocations(stacks: readonly SynthesizedStack[]): readonly StateLocation[] {
  const found = new Map<string, StateLocation>();
  for (const { id, json } of stacks) {
    const { backend } = (json["terraform"] ?? {}) as { readonly backend?: { readonly s3?: S3Backend } };
    const { bucket, region, allowed_account_ids: accounts } = backend?.s3 ?? {};
    if (typeof bucket !== "string" || typeof region !== "string") continue;
    const known = found.get(bucket)?.stacks ?? [];
    found.set(bucket, { bucket, region, accounts: textsOf(accounts), stacks: [...known, id] });
  }
  return [...found.values()];
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
