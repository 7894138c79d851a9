import { objectOf } from "@groundwork/tooling/objects";
import type { Block, SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";

/** The content of a `cdk.tf.json`. */
export type Config = SynthesizedStack["json"];

/** A resource, a data source or an ephemeral resource of a synthesized stack. */
export interface Declared {
  readonly kind: "resource" | "data" | "ephemeral";
  /** Such as `aws_vpc`. */
  readonly type: string;
  /** Such as `aws_vpc.Network` or `data.aws_region.Region`. */
  readonly address: string;
  /** Path of the construct; undefined if the stack was not synthesized by a framework. */
  readonly path: string | undefined;
  readonly block: Block;
}

const KINDS = ["resource", "data", "ephemeral"] as const;

/** Everything that a stack declares itself; modules may contain more. */
export function declared(config: Config): readonly Declared[] {
  return KINDS.flatMap((kind) =>
    Object.entries(objectOf(config[kind])).flatMap(([type, blocks]) =>
      Object.entries(objectOf(blocks)).map(([name, block]) => ({
        kind,
        type,
        address: `${kind === "resource" ? "" : `${kind}.`}${type}.${name}`,
        path: pathOf(objectOf(block)),
        block: objectOf(block),
      })),
    ),
  );
}

/** An address with the path of its construct: `aws_vpc.Network_1C60 (lab-eks/Network/Resource)`. */
export function described({ address, path }: Pick<Declared, "address" | "path">): string {
  return path === undefined ? address : `${address} (${path})`;
}

function pathOf(block: Block): string | undefined {
  const path = objectOf(objectOf(block["//"])["metadata"])["path"];
  return typeof path === "string" ? path : undefined;
}
