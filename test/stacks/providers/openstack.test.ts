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
  test("use NHN Cloud's endpoints and provider versions that support its services", () => {
    const { provider, terraform, variable } = read("lab-nhn");
    expect(provider["openstack"]).toEqual([
      {
        auth_url: "https://api-identity-infrastructure.nhncloudservice.com/v2.0",
        region: "KR1",
        // NHN Cloud's load balancers use the Neutron API.
        use_octavia: false,
      },
    ]);
    expect(provider["restapi"]?.map(({ uri }) => uri)).toEqual(
      [1, 2].map(() => "https://kr1-api-network-infrastructure.nhncloudservice.com"),
    );
    expect(terraform.required_providers["openstack"]?.version).toBe("~> 1.54");
    expect(variable?.["nhn_token"]).toMatchObject({ ephemeral: true, sensitive: true });
  });

  test("send the token in the header that the API reads", () => {
    for (const one of read("lab-nhn").provider["restapi"] ?? [])
      expect(one["headers"]).toEqual({ "X-Auth-Token": "${var.nhn_token}" });
  });

  test("use the OpenStack endpoint of the file and every provider version that the bindings support", () => {
    const { provider, terraform } = read("lab-openstack");
    expect(provider["openstack"]).toEqual([{ auth_url: "https://identity.example.com/v3", region: "RegionOne" }]);
    expect(terraform.required_providers["openstack"]?.version).toBe(">= 1.54.1, < 4.0.0");
  });

  test.each([
    ["local-nhn", ["auth_url", "region", "use_octavia"]],
    ["local-openstack", ["auth_url", "region"]],
  ])("connect %s to this machine and have no credentials", (id, known) => {
    const { provider } = read(id);
    const addresses = Object.values(provider).flatMap((ones) => ones.map(({ auth_url, uri }) => auth_url ?? uri));
    for (const address of addresses) expect(address).toMatch(/^\$\{var\.local_openstack_(auth_url\}$|endpoint\}\/)/);
    for (const one of provider["openstack"] ?? []) expect(Object.keys(one)).toEqual(known);
  });
});
