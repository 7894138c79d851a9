import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { localState, readFromBackend } from "../terraform-state";

/** Terraform outputs of a stack that are strings, by name. */
export type Outputs = ReadonlyMap<string, string>;

/** Whether a stack has an output for the machine on which its cluster's installer runs. */
export function hasInstallHost({ json }: SynthesizedStack): boolean {
  const { output } = json as { readonly output?: object };
  return Object.keys(output ?? {}).includes("installHost");
}

/** Reads a stack's outputs from its state, in a local file or in any other backend. */
export async function outputsOf(stack: SynthesizedStack): Promise<Outputs> {
  const state = localState(stack);
  if (state === undefined) return stringOutputs(await backendOutputs(stack));
  return state === "" ? new Map() : stringOutputs((JSON.parse(state) as { readonly outputs?: unknown }).outputs);
}

async function backendOutputs(stack: SynthesizedStack): Promise<unknown> {
  try {
    return JSON.parse(await readFromBackend(stack, ["output", "-json", "-no-color"])) as unknown;
  } catch (error) {
    const { stderr = "" } = error as { readonly stderr?: string };
    const cause = /Error: .*/.exec(stderr)?.[0] ?? "see terraform init";
    throw new Error(
      `cannot read the state of ${stack.id} (${cause}); log in to its backend, or specify --bastion <address> --install-host <address>`,
    );
  }
}

function stringOutputs(outputs: unknown): Outputs {
  const entries = Object.entries((outputs ?? {}) as Readonly<Record<string, { readonly value?: unknown }>>);
  return new Map(entries.flatMap(([name, { value }]) => (typeof value === "string" ? [[name, value]] : [])));
}
