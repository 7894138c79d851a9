import { compose } from "@groundwork/stacks/application";
import { KPaasPlatform } from "@groundwork/constructs/kpaas/platform/kpaas-platform";
import { environments } from "./environments/index";
import { TerraformStack } from "cdktf";
import { shareSynthesized, testApp } from "./fixture";

/** All stacks of all environments, created as in `main.ts`. The test files of a worker share them: no test adds to them. */
export const app = testApp();
compose(app, environments);

/** All stacks. */
export const stacks: readonly TerraformStack[] = app.node.children.filter((child) => TerraformStack.isStack(child));
for (const stack of stacks) shareSynthesized(stack);

/** One stack by its id, for example `lab-eks`. */
export function stackOf(id: string): TerraformStack {
  const stack = stacks.find(({ node }) => node.id === id);
  if (stack === undefined) throw new Error(`no stack ${id} among ${stacks.map(({ node }) => node.id).join(", ")}`);
  return stack;
}

/** K-PaaS in a stack. */
export function platformOf(stack: TerraformStack): KPaasPlatform {
  const platform = stack.node.findChild("Platform");
  if (!(platform instanceof KPaasPlatform)) throw new Error(`${stack.node.id} has no platform`);
  return platform;
}
