import { synthesized } from "../../support/fixture";
import { stackOf } from "../../support/stacks";

interface Synthesized {
  readonly provider: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  readonly terraform: { readonly required_providers: Readonly<Record<string, { readonly version: string }>> };
  readonly variable?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

function read(id: string): Synthesized {
  return synthesized(stackOf(id)) as unknown as Synthesized;
}

describe("the providers of NHN Cloud and OpenStack", () => {
  test("meet NHN Cloud by its own addresses, in the versions that still know its services", () => {
    const { provider, terraform, variable } = read("lab-nhn");
    expect(provider["openstack"]).toEqual([
      {
        auth_url: "https://api-identity-infrastructure.nhncloudservice.com/v2.0",
        region: "KR1",
        // Its load balancers are Neutron's.
        use_octavia: false,
      },
    ]);
    expect(provider["restapi"]?.map(({ uri }) => uri)).toEqual(
      [1, 2].map(() => "https://kr1-api-network-infrastructure.nhncloudservice.com"),
    );
    expect(terraform.required_providers["openstack"]?.version).toBe("~> 1.54");
    expect(variable?.["nhn_token"]).toMatchObject({ ephemeral: true, sensitive: true });
  });

  test("give the token as the header that the API reads", () => {
    for (const one of read("lab-nhn").provider["restapi"] ?? [])
      expect(one["headers"]).toEqual({ "X-Auth-Token": "${var.nhn_token}" });
  });

  test("meet an OpenStack where its file says, in every version that the bindings are true for", () => {
    const { provider, terraform } = read("lab-openstack");
    expect(provider["openstack"]).toEqual([{ auth_url: "https://identity.example.com/v3", region: "RegionOne" }]);
    expect(terraform.required_providers["openstack"]?.version).toBe(">= 1.54.1, < 4.0.0");
  });

  test.each([
    ["local-nhn", ["auth_url", "region", "use_octavia"]],
    ["local-openstack", ["auth_url", "region"]],
  ])("lead %s to this machine, and know no credentials", (id, known) => {
    const { provider } = read(id);
    const addresses = Object.values(provider).flatMap((ones) => ones.map(({ auth_url, uri }) => auth_url ?? uri));
    for (const address of addresses) expect(address).toMatch(/^\$\{var\.local_openstack_endpoint\}\//);
    for (const one of provider["openstack"] ?? []) expect(Object.keys(one)).toEqual(known);
  });
});
