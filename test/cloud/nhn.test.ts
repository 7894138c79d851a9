import { join } from "node:path";
import { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import type { Terraform } from "@groundwork/tooling/terraform/terraform";
import type { EnvironmentData } from "@groundwork/stacks/environments/environment";
import { readEnvironment } from "@groundwork/stacks/environments/environment";
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

/** The lab with its platform in the one network there is: two networks would go in an order of their own, each beside the other. */
const { network: tiers, ...platform } = local.nhn.platform;
const nhn = { ...local.nhn, network: { ...tiers, administrators: ["203.0.113.0/24"] }, platform } satisfies Nhn;

const [MACHINES, PORTS, ROUTES] = [/\/servers\/[^/]+$/, /\/ports\//, /\/routes\//];
const [NAT_GATEWAYS, DETACHING] = [/\/natgateways\//, /\/detach_gateway$/];
const [SUBNETS, VPCS] = [/\/vpcsubnets\/[^/]+$/, /\/vpcs\//];

/** Kinds that are taken down wholly before another. A port may outlive a route: only its machine needs a way out. */
const BEFORE = [
  [MACHINES, ROUTES],
  [ROUTES, NAT_GATEWAYS],
  [NAT_GATEWAYS, DETACHING],
  [PORTS, VPCS],
  [DETACHING, VPCS],
  [SUBNETS, VPCS],
] as const;

describe("NHN Cloud, by the real providers", () => {
  let cloud: LocalCloud;

  beforeAll(async () => {
    cloud = await LocalCloud.start({ parts: ["openstack"] });
  }, 25 * 60_000);

  afterAll(() => cloud.stop());

  /** The stack as an environment's file would say it now, and Terraform in its directory. */
  async function terraform(nhn: Nhn): Promise<Terraform> {
    const outdir = join(cloud.directory, "cdktf.out");
    const app = new App({ outdir });
    const stack = new NhnStack(app, readEnvironment("environments/local.ts", { ...local, nhn }));
    app.synth();
    return cloud.terraform(new SynthesizedStack(stack.node.id, join(outdir, "stacks", stack.node.id)));
  }

  async function journal(): Promise<readonly Call[]> {
    const answer = await fetch(`${cloud.cloud.openstack?.endpoint ?? ""}/_emulator/journal`);
    return ((await answer.json()) as { journal: readonly Call[] }).journal;
  }

  test("changes administrators and takes in a worker without touching a machine, and goes in the order that the cloud needs", async () => {
    if (!cloud.has(["openstack"])) return;
    const made = await terraform(nhn);
    expect((await made.apply()).errors).toEqual([]);

    const changed = await terraform({
      ...nhn,
      network: { ...nhn.network, administrators: ["198.51.100.0/24"] },
      platform: { ...platform, workers: 4 },
    });
    expect((await changed.apply()).errors).toEqual([]);
    expect(await changed.drift()).toBe("");
    const before = await journal();
    expect(before.filter(({ method, path }) => method === "DELETE" && path.includes("/servers/"))).toEqual([]);

    expect((await changed.destroy()).errors).toEqual([]);
    expect(await cloud.openstackObjects()).toEqual([]);
    const ending = (await journal()).slice(before.length);
    // Nothing was asked for in a wrong order.
    expect(ending.filter(({ status }) => status >= 400)).toEqual([]);
    const goes = ending.filter(({ method, path }) => method === "DELETE" || path.endsWith("/detach_gateway"));
    const placesOf = (kind: RegExp) => goes.flatMap(({ path }, place) => (kind.test(path) ? [place] : []));
    for (const [sooner, later] of BEFORE) {
      for (const kind of [sooner, later]) expect(placesOf(kind)).not.toEqual([]);
      expect(Math.max(...placesOf(sooner))).toBeLessThan(Math.min(...placesOf(later)));
    }
  });
});
