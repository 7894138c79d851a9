import { compose } from "@groundwork/stacks/application";
import { Platform } from "@groundwork/stacks/platform/platform";
import { environments } from "@groundwork/stacks/environments/index";
import { TerraformStack } from "cdktf";
import { testApp } from "./fixture";

/** All stacks of all environments, as `main.ts` makes them. */
export const app = testApp();
compose(app, environments);

/** Every stack there is. */
export const stacks: readonly TerraformStack[] = app.node.children.filter((child) => TerraformStack.isStack(child));

/** One stack by its id, for example `lab-eks`. */
export function stackOf(id: string): TerraformStack {
  const stack = stacks.find(({ node }) => node.id === id);
  if (stack === undefined) throw new Error(`no stack ${id} among ${stacks.map(({ node }) => node.id).join(", ")}`);
  return stack;
}

/** K-PaaS in a stack. */
export function platformOf(stack: TerraformStack): Platform {
  const platform = stack.node.findChild("Platform");
  if (!(platform instanceof Platform)) throw new Error(`${stack.node.id} has no platform`);
  return platform;
}
