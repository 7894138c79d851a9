import { join } from "node:path";
import { SynthesizedStack } from "@groundwork/local/terraform/synthesized";
import type { Terraform } from "@groundwork/local/terraform/terraform";
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

/** The kinds that the lab's fleet is taken down in, each wholly before the next. What is not named stands beside. */
const LAST_FIRST = [
  /\/servers\/[^/]+$/,
  /\/ports\//,
  /\/routes\//,
  /\/natgateways\//,
  /\/detach_gateway$/,
  /\/vpcsubnets\/[^/]+$/,
  /\/vpcs\//,
];

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
    const made = await terraform(local.nhn);
    expect((await made.apply()).errors).toEqual([]);

    const changed = await terraform({
      ...local.nhn,
      network: { ...local.nhn.network, administrators: ["198.51.100.0/24"] },
      fleet: { ...local.nhn.fleet, workers: 4 },
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
    const places = LAST_FIRST.map((kind) => goes.flatMap(({ path }, place) => (kind.test(path) ? [place] : [])));
    for (const [index, own] of places.entries()) {
      expect(own).not.toEqual([]);
      for (const later of places.slice(index + 1)) expect(Math.max(...own)).toBeLessThan(Math.min(...later));
    }
  });
});
