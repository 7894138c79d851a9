import type { TerraformStack } from "cdktf";
import { TerraformVariable } from "cdktf";

export interface LocalVariableProps {
  readonly description: string;
  /** @default - empty */
  readonly default?: string;
  /** @default false */
  readonly sensitive?: boolean;
}

/** What leads to a part of the local cloud: a variable, so that tests can run clouds of their own side by side. */
export function localVariable(stack: TerraformStack, name: string, props: LocalVariableProps): string {
  const existing = stack.node.tryFindChild(name) as TerraformVariable | undefined;
  return (existing ?? new TerraformVariable(stack, name, { type: "string", default: "", ...props })).stringValue;
}
