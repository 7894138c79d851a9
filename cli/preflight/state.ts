import type { Block } from "@groundwork/tooling/terraform/synthesized";

/** The parts of a Terraform state that are read here. */
interface StateFile {
  readonly resources?: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    /** Present for resources of modules. */
    readonly module?: string;
    readonly instances: readonly {
      readonly index_key?: string | number;
      readonly attributes?: Block | null;
    }[];
  }[];
}

/** Attributes of the resources in a Terraform state, by address: `aws_vpc.Network`, `aws_eip.Nat[0]`. */
export type Deployed = ReadonlyMap<string, Block>;

/** Reads the output of `terraform state pull`; it is empty for a stack that has never been deployed. */
export function readDeployed(state: string): Deployed {
  const { resources = [] } = state.trim() === "" ? {} : (JSON.parse(state) as StateFile);
  return new Map(
    resources
      .filter(({ mode, module }) => mode === "managed" && module === undefined)
      .flatMap(({ type, name, instances }) =>
        instances.map(({ index_key: key, attributes }) => [addressOf(type, name, key), attributes ?? {}] as const),
      ),
  );
}

/** Address of an instance of a resource. */
export function addressOf(type: string, name: string, key?: string | number): string {
  return `${type}.${name}${key === undefined ? "" : `[${JSON.stringify(key)}]`}`;
}
