import { type TerraformStack, TerraformVariable } from "cdktf";

export interface LocalVariableProps {
  readonly description: string;
  /** @default - empty */
  readonly default?: string;
  /** @default false */
  readonly sensitive?: boolean;
}

/** A Terraform variable with the address of a part of the local cloud, so that several local clouds can run at the same time. */
export function localVariable(stack: TerraformStack, name: string, props: LocalVariableProps): string {
  const existing = stack.node.tryFindChild(name) as TerraformVariable | undefined;
  return (existing ?? new TerraformVariable(stack, name, { type: "string", default: "", ...props })).stringValue;
}
