import { CREDENTIALS } from "@groundwork/local/openstack/account";
import { network, router, runningMachine } from "./fixtures";
import { emulator } from "./support";

const cloud = emulator();

/** Limits of a service and their use. */
async function limits(service: "compute" | "volume"): Promise<Readonly<Record<string, number>>> {
  const { body } = await cloud.openstack.get(service, "/limits");
  return (body as { limits: { absolute: Record<string, number> } }).limits.absolute;
}

async function networkUse(): Promise<Readonly<Record<string, number>>> {
  const { body } = await cloud.openstack.get("network", `/v2.0/quotas/${CREDENTIALS.tenantId}/details.json`);
  const { quota } = body as { quota: Readonly<Record<string, { used: number }>> };
  return Object.fromEntries(Object.entries(quota).map(([key, { used }]) => [key, used]));
}

describe("the use of the quotas of a project", () => {
  test("is that of the group default in a new project", async () => {
    expect(await networkUse()).toEqual({
      network: 0,
      subnet: 0,
      port: 0,
      router: 0,
      floatingip: 0,
      security_group: 1,
      security_group_rule: 4,
    });
    expect(await limits("compute")).toMatchObject({
      totalInstancesUsed: 0,
      maxTotalCores: 20,
      maxTotalRAMSize: 51_200,
    });
    expect(await limits("volume")).toMatchObject({ totalVolumesUsed: 0, maxTotalVolumeGigabytes: 1_000 });
  });

  test("contains ports of routers, and disks of machines", async () => {
    const { subnet, network: id } = await network(cloud.openstack);
    await router(cloud.openstack, subnet);
    await runningMachine(cloud.openstack, [{ uuid: id }]);
    // One of the machine, one of the router's interface; that of its gateway belongs to no project.
    expect(await networkUse()).toMatchObject({ network: 1, subnet: 1, port: 2, router: 1 });
    expect(await limits("compute")).toMatchObject({ totalInstancesUsed: 1, totalCoresUsed: 2, totalRAMUsed: 8_192 });
    expect(await limits("volume")).toMatchObject({ totalVolumesUsed: 1, totalGigabytesUsed: 20 });
  });

  test("is unlimited for load balancers", async () => {
    const { body } = await cloud.openstack.get("loadBalancer", `/v2.0/lbaas/quotas/${CREDENTIALS.tenantId}`);
    expect(body).toMatchObject({ quota: { load_balancer: -1 } });
  });

  test("is not in NHN Cloud's API", async () => {
    expect((await cloud.nhn.get("compute", "/limits")).status).toBe(404);
    expect((await cloud.nhn.get("volume", "/limits")).status).toBe(404);
  });
});
