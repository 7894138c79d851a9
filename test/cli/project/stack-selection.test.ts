import { selectionArguments, selectStacks } from "@groundwork/cli/project/stack-selection";
import { synthesizedStacks } from "@groundwork/tooling/terraform/synthesized";
import { synthesizedApp } from "../../support/synthesized-app";

const stacks = synthesizedStacks(synthesizedApp({ "lab-eks": {}, "lab-site": {}, "labs-eks": {}, network: {} }));
const idsOf = (selection: Parameters<typeof selectStacks>[1]) => selectStacks(stacks, selection).map(({ id }) => id);

describe("a selection of stacks", () => {
  test("contains all stacks, those of an environment, and those that match a pattern", () => {
    expect(idsOf({})).toEqual(["lab-eks", "lab-site", "labs-eks", "network"]);
    expect(idsOf({ environment: "lab" })).toEqual(["lab-eks", "lab-site"]);
    expect(idsOf({ patterns: ["*-eks", "network"] })).toEqual(["lab-eks", "labs-eks", "network"]);
    expect(idsOf({ environment: "lab", patterns: ["*-eks"] })).toEqual(["lab-eks"]);
  });

  test("fails for an environment and for a pattern without stacks, with the existing ones", () => {
    const known = "stacks: lab-eks, lab-site, labs-eks, network";
    expect(() => idsOf({ environment: "prod" })).toThrow(`no stack of an environment "prod"; ${known}`);
    expect(() => idsOf({ patterns: ["lab-*", "web"] })).toThrow(`no stack matches "web"; ${known}`);
    expect(() => idsOf({ environment: "lab", patterns: ["network"] })).toThrow('no stack matches "network"');
  });

  test("is repeated as arguments of a shell", () => {
    expect(selectionArguments({ environment: "lab", patterns: ["a", "b-*"] })).toBe("--environment lab a 'b-*'");
  });
});
