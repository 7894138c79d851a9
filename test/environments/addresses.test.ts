import { compose } from "@groundwork/stacks/application";
import { readEnvironments } from "@groundwork/stacks/environments/environment";
import { environmentData } from "@groundwork/stacks/environments/index";
import { TerraformStack } from "cdktf";
import { synthesized, testApp } from "../support/fixture";

/**
 * The snapshot of your own environments: Terraform destroys a resource whose address disappears. Accounts, names and blocks are not part of
 * an address, so changes of them leave the test green. After an intended change: `npx jest test/environments -u`.
 */
describe("the environments of this repository", () => {
  const app = testApp();
  compose(app, readEnvironments(environmentData));
  const stacks = app.node.children.filter((child) => TerraformStack.isStack(child));

  test.each(stacks.map((stack) => [stack.node.id, stack] as const))("%s keeps its resource addresses", (_, stack) => {
    const { resource = {} } = synthesized(stack);
    const addresses = Object.entries(resource).flatMap(([type, named]) =>
      Object.keys(named).map((name) => `${type}.${name}`),
    );
    expect(addresses.sort()).toMatchSnapshot();
  });
});
