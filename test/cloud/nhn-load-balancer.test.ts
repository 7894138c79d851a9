import { join } from "node:path";
import { DataOpenstackNetworkingNetworkV2 } from "@groundwork/provider-openstack/lib/data-openstack-networking-network-v2";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { TwoTierNetwork } from "@groundwork/constructs/nhn/network/two-tier-network";
import { FloatingIp } from "@groundwork/constructs/openstack/network/floating-ip";
import type { Target } from "@groundwork/constructs/openstack/load-balancing/listener";
import { LoadBalancer } from "@groundwork/constructs/openstack/load-balancing/load-balancer";
import { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import type { Terraform } from "@groundwork/tooling/terraform/terraform";
import { workDirectory } from "@groundwork/tooling/paths";
import { recordVerified } from "@groundwork/tooling/verified/verified";
import { createBackend } from "@groundwork/stacks/backend";
import { readEnvironment } from "@groundwork/stacks/environments/environment";
import { local } from "@groundwork/stacks/environments/local";
import { createNhnProviders } from "@groundwork/stacks/providers/openstack";
import { App, TerraformStack } from "cdktf";
import { LocalCloud } from "./support/local-cloud";

interface Call {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly kind: string;
}

const NAME = "variants-nhn-load-balancer";

/** Machines of the private subnet. */
function machines(count: number): readonly Target[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `node-${index}`,
    fixedAddress: `10.40.0.${10 + index}`,
  }));
}

/** The two load balancers of a cluster: a private one for its API, a public one for its ingress. */
function balancers(stack: TerraformStack, network: TwoTierNetwork, nodes: number): void {
  const { privateSubnet, publicSubnet, internetGateway } = network;
  const api = new LoadBalancer(stack, "Api", { subnet: privateSubnet, fixedAddress: "10.40.0.5" });
  api.addListener("kubernetes", { port: 6443, targets: machines(nodes) });
  const floatingIp = new FloatingIp(stack, "Address", { external: internetGateway.externalNetwork });
  const ingress = new LoadBalancer(stack, "Ingress", { subnet: publicSubnet, fixedAddress: "10.40.1.6", floatingIp });
  const targets = { targets: machines(nodes), targetSubnet: privateSubnet };
  ingress.addListener("http", { port: 80, targetPort: 31_080, ...targets });
  ingress.addListener("https", { port: 443, targetPort: 31_443, ...targets });
}

describe("load balancers of NHN Cloud with the real provider", () => {
  let cloud: LocalCloud;

  beforeAll(async () => {
    cloud = await LocalCloud.start({ parts: ["openstack"] });
  }, 25 * 60_000);

  afterAll(() => cloud.stop());

  /** Synthesizes the stack with the given number of targets per listener; returns Terraform in its directory. */
  async function terraformOf(nodes: number): Promise<{ terraform: Terraform; types: readonly string[] }> {
    const outdir = join(cloud.directory, "cdktf.out");
    const app = new App({ outdir });
    const environment = readEnvironment("environments/local.ts", local);
    if (environment.nhn === undefined) throw new Error("the environment has no NHN Cloud");
    const stack = new TerraformStack(app, NAME);
    createBackend(stack, environment);
    const network = new TwoTierNetwork(stack, "Network", {
      api: createNhnProviders(stack, environment, environment.nhn),
      cidr: Cidr.parse("10.40.0.0/16"),
      privateCidr: Cidr.parse("10.40.0.0/24"),
      publicCidr: Cidr.parse("10.40.1.0/24"),
      administrators: [Peer.ipv4("203.0.113.0/24")],
      privatePorts: [Port.tcp(31_080), Port.tcp(31_443)],
    });
    balancers(stack, network, nodes);
    app.synth();
    const synthesized = new SynthesizedStack(NAME, join(outdir, "stacks", NAME));
    return { terraform: await cloud.terraform(synthesized), types: [...new Set(synthesized.types)].sort() };
  }

  async function requestLog(): Promise<readonly Call[]> {
    const response = await fetch(`${cloud.cloud.openstack?.endpoint ?? ""}/_emulator/requests`);
    return ((await response.json()) as { requests: readonly Call[] }).requests;
  }

  test("are created, extended by a machine, and destroyed without a rejected request", async () => {
    if (!cloud.has(["openstack"])) return;
    const { terraform: three, types } = await terraformOf(3);
    await three.validate();
    expect((await three.apply()).errors).toEqual([]);
    expect(await three.drift()).toBe("");
    const members = (calls: readonly Call[]) => calls.filter(({ path }) => path.endsWith("/members"));
    const before = await requestLog();
    expect(members(before)).toHaveLength(9);

    const { terraform: four } = await terraformOf(4);
    const { done, errors } = await four.apply();
    expect(errors).toEqual([]);
    // The list of actions includes data sources, such as the external network.
    const changes = done.filter(({ type }) => type !== DataOpenstackNetworkingNetworkV2.tfResourceType);
    expect(changes.map(({ action, type }) => `${action} ${type}`)).toEqual([
      "create openstack_lb_member_v2",
      "create openstack_lb_member_v2",
      "create openstack_lb_member_v2",
    ]);
    expect(await four.drift()).toBe("");
    const after = (await requestLog()).slice(before.length);
    expect(after).toHaveLength(members(after).length);

    expect((await four.destroy()).errors).toEqual([]);
    expect(await cloud.openstackObjects()).toEqual([]);
    expect((await requestLog()).filter(({ status }) => status >= 400)).toEqual([]);
    const all = { validated: types, applied: types, clean: types, destroyed: types };
    recordVerified(join(workDirectory(), "verified"), { name: NAME, ...all });
  });
});
