import { OpenStackApi } from "@groundwork/local/real-openstack/api";
import { probeCompute } from "./probe/compute";
import { DIFFERENCES } from "./probe/differences";
import { probeLoadBalancers } from "./probe/load-balancer";
import { probeNetwork } from "./probe/network";
import { type ProbeResult, Probe, UNKNOWN_ID } from "./probe/probe";
import { probeSecurity } from "./probe/security";
import { probeVolumes } from "./probe/volume";
import { startEmulator } from "./support/emulator";
import { Project } from "./support/project";

/** Sends all requests of the probe to a cloud. */
async function resultsOf(api: OpenStackApi): Promise<Readonly<Record<string, ProbeResult>>> {
  const probe = new Probe(api);
  const network = await probeNetwork(probe);
  await probeSecurity(probe, network.ports[1]);
  await probeCompute(probe, network);
  await probeVolumes(probe);
  await probeLoadBalancers(probe, network);
  return probe.results;
}

/** What the clouds must agree on: the status, the kind of the error and the shown values. */
function comparable(
  { status, error, shown }: ProbeResult | undefined = { status: 0, error: "", message: "", shown: undefined },
) {
  return { status, error, shown };
}

describe("the emulator and a real OpenStack", () => {
  let real: Readonly<Record<string, ProbeResult>>;
  let emulated: Readonly<Record<string, ProbeResult>>;

  beforeAll(async () => {
    const emulator = await startEmulator();
    emulated = await resultsOf(await OpenStackApi.logIn(emulator.authUrl, emulator.credentials));
    emulator.close();
    // A project is probed once: objects of an earlier run would change the responses.
    const project = await Project.create({ name: `probe-${Date.now()}`, loadBalancers: true });
    real = await resultsOf(project.api);
    project.close();
  });

  test("give the same response to every request, except for the documented differences", () => {
    const different = Object.entries(real)
      .map(([name, response]) => ({ name, real: response, emulator: emulated[name] }))
      .filter(
        ({ real: one, emulator: other }) => JSON.stringify(comparable(one)) !== JSON.stringify(comparable(other)),
      );
    const unexpected = different.filter(({ name }) => DIFFERENCES[name] === undefined);
    expect(unexpected).toEqual([]);
    // A difference that no longer exists is removed from the table.
    const names = different.map(({ name }) => name);
    expect(Object.keys(DIFFERENCES).filter((name) => !names.includes(name))).toEqual([]);
    expect(Object.keys(real).length).toBeGreaterThan(180);
  });

  test("load balancers need the role that the documentation lists", async () => {
    const project = await Project.create({ name: "no-role" });
    const { status } = await project.api.send("POST", "load-balancer", "/v2.0/lbaas/loadbalancers", {
      loadbalancer: { vip_subnet_id: UNKNOWN_ID },
    });
    expect(status).toBe(403);
    project.close();
  });
});
