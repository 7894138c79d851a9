import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";

/** A part of the local cloud in addition to AWS. */
export type Part = "kubernetes" | "openstack";

/** Providers that connect to each part. */
const PROVIDERS: Readonly<Record<Part, readonly string[]>> = {
  kubernetes: ["helm", "kubernetes"],
  openstack: ["openstack", "restapi"],
};

/** The parts that must run before the stack can be deployed. */
export function requiredParts({ providers }: Pick<SynthesizedStack, "providers">): readonly Part[] {
  return (["kubernetes", "openstack"] as const).filter((part) =>
    providers.some((provider) => PROVIDERS[part].includes(provider)),
  );
}
