import { emulator } from "../../support";
import { nhnBalancerWithPool, nhnPollStatus, balancerWithPool, pollStatus } from "../fixtures";

const cloud = emulator();
const PATH = "/v2.0/lbaas/healthmonitors";

describe("health monitors", () => {
  test("have defaults for their protocol", async () => {
    const { pool: pool_id } = await balancerWithPool(cloud.openstack);
    const created = await cloud.openstack.create("loadBalancer", PATH, {
      healthmonitor: { pool_id, type: "HTTP", delay: 10, timeout: 5, max_retries: 3 },
    });
    expect(created).toMatchObject({
      url_path: "/",
      http_method: "GET",
      expected_codes: "200",
      pools: [{ id: pool_id }],
    });
    expect(await cloud.openstack.show("loadBalancer", `/v2.0/lbaas/pools/${pool_id}`)).toMatchObject({
      healthmonitor_id: created.id,
    });
  });

  test("are limited to one per pool; Octavia accepts a timeout above the delay", async () => {
    const { balancer, pool: pool_id } = await balancerWithPool(cloud.openstack);
    const create = async (given: object) =>
      (
        await cloud.openstack.post("loadBalancer", PATH, {
          healthmonitor: { pool_id, type: "TCP", delay: 5, timeout: 4, max_retries: 3, ...given },
        })
      ).status;
    expect([await create({ timeout: 10 }), await pollStatus(cloud.openstack, balancer), await create({})]).toEqual([
      201,
      "PENDING_UPDATE",
      409,
    ]);
  });

  test("can be updated and deleted", async () => {
    const { balancer, pool: pool_id } = await balancerWithPool(cloud.openstack);
    const { id } = await cloud.openstack.create("loadBalancer", PATH, {
      healthmonitor: { pool_id, type: "TCP", delay: 10, timeout: 5, max_retries: 3 },
    });
    await pollStatus(cloud.openstack, balancer);
    expect(
      (await cloud.openstack.put("loadBalancer", `${PATH}/${id}`, { healthmonitor: { timeout: 6 } })).body,
    ).toMatchObject({ healthmonitor: { timeout: 6 } });
    expect(await cloud.openstack.show("loadBalancer", `${PATH}/${id}`)).toMatchObject({
      provisioning_status: "PENDING_UPDATE",
    });
    expect((await cloud.openstack.delete("loadBalancer", `${PATH}/${id}`)).status).toBe(204);
  });

  test("of NHN Cloud can check another port, and have neither names nor max_retries_down", async () => {
    const { balancer, pool: pool_id } = await nhnBalancerWithPool(cloud.nhn);
    const tcp = { pool_id, type: "TCP", delay: 10, timeout: 5, max_retries: 3 };
    const post = async (more: object) =>
      (await cloud.nhn.post("network", PATH, { healthmonitor: { ...tcp, ...more } })).status;
    expect([
      await post({ type: "PING" }),
      await post({ name: "api" }),
      await post({ max_retries_down: 3 }),
      await post({ timeout: 10 }),
      await post({ tenant_id: "lab" }),
    ]).toEqual([400, 400, 400, 400, 400]);
    const { id, ...created } = await cloud.nhn.create("network", PATH, {
      healthmonitor: { ...tcp, type: "HTTP", health_check_port: 10_254, host_header: "lab" },
    });
    expect(created).toMatchObject({ health_check_port: 10_254, url_path: "/", expected_codes: "200" });
    expect(created).not.toHaveProperty("provisioning_status");
    const put = async (healthmonitor: object) =>
      (await cloud.nhn.put("network", `${PATH}/${id}`, { healthmonitor })).status;
    expect([
      await put({ delay: 20 }),
      await nhnPollStatus(cloud.nhn, balancer),
      await put({ type: "TCP" }),
      await put({ pool_id }),
      await put({ delay: 20 }),
    ]).toEqual([409, "PENDING_UPDATE", 400, 400, 200]);
  });
});
