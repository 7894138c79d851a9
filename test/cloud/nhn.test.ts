import { join } from "node:path";
import { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import type { Terraform } from "@groundwork/tooling/terraform/terraform";
import { type EnvironmentData, readEnvironment } from "@groundwork/stacks/environments/environment";
import { local } from "@groundwork/stacks/environments/local";
import { NhnStack } from "@groundwork/stacks/nhn-stack";
import { App } from "cdktf";
import { LocalCloud } from "./support/local-cloud";

interface Call {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

type Nhn = EnvironmentData["nhn"];

/** The lab with its platform in the same network: the deletion order of two networks would be interleaved. */
const { network: tiers, ...platform } = local.nhn.platform;
const nhn = { ...local.nhn, network: { ...tiers, administrators: ["203.0.113.0/24"] }, platform } satisfies Nhn;

const [MACHINES, PORTS, ROUTES] = [/\/servers\/[^/]+$/, /\/ports\//, /\/routes\//];
const [NAT_GATEWAYS, DETACHING] = [/\/natgateways\//, /\/detach_gateway$/];
const [SUBNETS, VPCS] = [/\/vpcsubnets\/[^/]+$/, /\/vpcs\//];

/** Kinds whose objects are all deleted before another kind. A port may outlive a route: only its machine depends on the route. */
const DELETION_ORDER = [
  [MACHINES, ROUTES],
  [ROUTES, NAT_GATEWAYS],
  [NAT_GATEWAYS, DETACHING],
  [PORTS, VPCS],
  [DETACHING, VPCS],
  [SUBNETS, VPCS],
] as const;

describe("NHN Cloud with the real providers", () => {
  let cloud: LocalCloud;

  beforeAll(async () => {
    cloud = await LocalCloud.start({ parts: ["openstack"] });
  }, 25 * 60_000);

  afterAll(() => cloud.stop());

  /** Synthesizes the stack with the given settings; returns Terraform in its directory. */
  async function terraformOf(nhn: Nhn): Promise<Terraform> {
    const outdir = join(cloud.directory, "cdktf.out");
    const app = new App({ outdir });
    const environment = readEnvironment("environments/local.ts", { ...local, nhn });
    if (environment.nhn === undefined) throw new Error("the environment has no NHN Cloud");
    const stack = new NhnStack(app, "local-nhn", { environment, nhn: environment.nhn });
    app.synth();
    return cloud.terraform(new SynthesizedStack(stack.node.id, join(outdir, "stacks", stack.node.id)));
  }

  async function requestLog(): Promise<readonly Call[]> {
    const response = await fetch(`${cloud.cloud.openstack?.endpoint ?? ""}/_emulator/requests`);
    return ((await response.json()) as { requests: readonly Call[] }).requests;
  }

  test("changes administrators and adds a worker without replacing a machine, and is destroyed in the order that the cloud requires", async () => {
    if (!cloud.has(["openstack"])) return;
    const initial = await terraformOf(nhn);
    expect((await initial.apply()).errors).toEqual([]);

    const changed = await terraformOf({
      ...nhn,
      network: { ...nhn.network, administrators: ["198.51.100.0/24"] },
      platform: { ...platform, workers: 4 },
    });
    expect((await changed.apply()).errors).toEqual([]);
    expect(await changed.drift()).toBe("");
    const before = await requestLog();
    expect(before.filter(({ method, path }) => method === "DELETE" && path.includes("/servers/"))).toEqual([]);

    expect((await changed.destroy()).errors).toEqual([]);
    expect(await cloud.openstackObjects()).toEqual([]);
    const ending = (await requestLog()).slice(before.length);
    // No request was in a wrong order.
    expect(ending.filter(({ status }) => status >= 400)).toEqual([]);
    const deletions = ending.filter(({ method, path }) => method === "DELETE" || path.endsWith("/detach_gateway"));
    const indexesOf = (kind: RegExp) => deletions.flatMap(({ path }, index) => (kind.test(path) ? [index] : []));
    for (const [sooner, later] of DELETION_ORDER) {
      for (const kind of [sooner, later]) expect(indexesOf(kind)).not.toEqual([]);
      expect(Math.max(...indexesOf(sooner))).toBeLessThan(Math.min(...indexesOf(later)));
    }
  });
});
