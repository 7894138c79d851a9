import { compose } from "@groundwork/stacks/application";
import { TerraformStack } from "cdktf";
import { environments } from "../support/environments/index";
import { testApp } from "../support/fixture";

/** Ids of the created stacks, and of the stack that is deployed before each. */
function created(...patterns: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const app = testApp();
  compose(app, environments, patterns);
  const stacks = app.node.children.filter((child) => TerraformStack.isStack(child));
  return Object.fromEntries(stacks.map((stack) => [stack.node.id, stack.dependencies.map(({ node }) => node.id)]));
}

describe("requested stacks", () => {
  test("are created with those that are deployed before them", () => {
    expect(created("lab-site")).toEqual({ "lab-site": [] });
    expect(created("lab-gitlab")).toEqual({ "lab-site": [], "lab-gitlab": ["lab-site"] });
    expect(created("lab-eks-work*", "production-nhn")).toEqual({
      "lab-eks": [],
      "lab-eks-addons": ["lab-eks"],
      "lab-eks-workloads": ["lab-eks-addons"],
      "production-nhn": [],
    });
  });

  test("are all stacks if none is requested, or if one is unknown", () => {
    const all = Object.keys(created());
    expect(all).toHaveLength(21);
    expect(Object.keys(created("lab-site", "lab-eks2"))).toEqual(all);
    expect(Object.keys(created("*"))).toEqual(all);
    expect(Object.keys(created("lab.site"))).toEqual(all);
  });
});
