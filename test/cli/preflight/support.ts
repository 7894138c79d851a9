import { Plan } from "@groundwork/cli/preflight/plan";
import { readDeployed } from "@groundwork/cli/preflight/state";

type Blocks = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** A resource in a Terraform state: address and attributes. */
export type StateResources = Readonly<Record<string, object>>;

/** A plan of one stack, by its resources and data sources. */
export function planOf(
  resource: Blocks,
  {
    data = {},
    state = {},
    variables = {},
  }: { data?: Blocks; state?: StateResources; variables?: Record<string, string> } = {},
): Plan {
  const stack = { id: "lab-test", json: { resource, data } };
  return new Plan([{ stack, deployed: readDeployed(stateOf(state)) }], variables);
}

/** The text of a Terraform state. */
export function stateOf(resources: StateResources): string {
  const entries = Object.entries(resources).map(([address, attributes]) => {
    const [type = "", name = ""] = address.split(".");
    return { mode: "managed", type, name, instances: [{ attributes }] };
  });
  return JSON.stringify({ version: 4, resources: entries });
}
