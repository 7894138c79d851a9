import { emulator } from "../support";
import { pooled, settled } from "./wishes";

const cloud = emulator();
const PATH = "/v2.0/lbaas/healthmonitors";

describe("health monitors", () => {
  test("ask in the way of their protocol unless told otherwise", async () => {
    const { pool: pool_id } = await pooled(cloud.openstack);
    const made = await cloud.openstack.make("loadBalancer", PATH, {
      healthmonitor: { pool_id, type: "HTTP", delay: 10, timeout: 5, max_retries: 3 },
    });
    expect(made).toMatchObject({ url_path: "/", http_method: "GET", expected_codes: "200", pools: [{ id: pool_id }] });
    expect(await cloud.openstack.see("loadBalancer", `/v2.0/lbaas/pools/${pool_id}`)).toMatchObject({
      healthmonitor_id: made.id,
    });
  });

  test("do not wait longer than until they ask again, and are one for a pool", async () => {
    const { balancer, pool: pool_id } = await pooled(cloud.openstack);
    const make = async (given: object) =>
      (
        await cloud.openstack.post("loadBalancer", PATH, {
          healthmonitor: { pool_id, type: "TCP", delay: 5, timeout: 5, max_retries: 3, ...given },
        })
      ).status;
    expect([
      await make({ timeout: 6 }),
      await make({}),
      await settled(cloud.openstack, balancer),
      await make({}),
    ]).toEqual([400, 201, "PENDING_UPDATE", 409]);
  });

  test("change, and go", async () => {
    const { balancer, pool: pool_id } = await pooled(cloud.openstack);
    const { id } = await cloud.openstack.make("loadBalancer", PATH, {
      healthmonitor: { pool_id, type: "TCP", delay: 10, timeout: 5, max_retries: 3 },
    });
    await settled(cloud.openstack, balancer);
    expect(
      (await cloud.openstack.put("loadBalancer", `${PATH}/${id}`, { healthmonitor: { timeout: 6 } })).body,
    ).toMatchObject({ healthmonitor: { timeout: 6 } });
    expect(await cloud.openstack.see("loadBalancer", `${PATH}/${id}`)).toMatchObject({
      provisioning_status: "PENDING_UPDATE",
    });
    expect((await cloud.openstack.delete("loadBalancer", `${PATH}/${id}`)).status).toBe(204);
  });
});
