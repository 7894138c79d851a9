import { withOtherProviders } from "@groundwork/tooling/terraform/plugin-cache";

const stack = (required_providers: Readonly<Record<string, { source: string; version: string }>>) => ({
  json: { terraform: { required_providers } },
});
const aws = { source: "aws", version: ">= 5.100.0, < 7.0.0" };
const helm = { source: "helm", version: "3.1.1" };

describe("stacks that are initialized before the others", () => {
  test("have a provider that no stack before them has", () => {
    const [eks, addons, site] = [stack({ aws }), stack({ aws, helm }), stack({ aws })];
    expect(withOtherProviders([eks, addons, site])).toEqual([eks, addons]);
  });

  test("have another version of a provider", () => {
    const [first, second] = [stack({ helm }), stack({ helm: { ...helm, version: "3.0.2" } })];
    expect(withOtherProviders([first, second, first])).toEqual([first, second]);
  });
});
