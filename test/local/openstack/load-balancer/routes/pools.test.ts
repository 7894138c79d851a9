import { emulator } from "../../support";
import { balancer, nhnBalancerWithPool, nhnPollStatus, balancerWithPool, pollStatus } from "../fixtures";

const cloud = emulator();
const PATH = "/v2.0/lbaas/pools";

describe("pools", () => {
  test("are the default pool of their listener", async () => {
    const topology = await balancerWithPool(cloud.openstack);
    expect(await cloud.openstack.show("loadBalancer", `${PATH}/${topology.pool}`)).toMatchObject({
      listeners: [{ id: topology.listener }],
      loadbalancers: [{ id: topology.balancer }],
    });
    expect(await cloud.openstack.show("loadBalancer", `/v2.0/lbaas/listeners/${topology.listener}`)).toMatchObject({
      default_pool_id: topology.pool,
    });
  });

  test("belong to a listener or a load balancer", async () => {
    const pool = { protocol: "TCP", lb_algorithm: "SOURCE_IP" };
    expect((await cloud.openstack.post("loadBalancer", PATH, { pool })).status).toBe(400);
    await cloud.openstack.create("loadBalancer", PATH, {
      pool: { ...pool, loadbalancer_id: await balancer(cloud.openstack) },
    });
  });

  test("update their algorithm, but not their protocol", async () => {
    const { pool } = await balancerWithPool(cloud.openstack);
    const change = async (given: object) =>
      (await cloud.openstack.put("loadBalancer", `${PATH}/${pool}`, { pool: given })).status;
    expect([await change({ protocol: "HTTP" }), await change({ lb_algorithm: "LEAST_CONNECTIONS" })]).toEqual([
      400, 200,
    ]);
  });

  test("are deleted with their members and health monitor, and leave their listener without a pool", async () => {
    const topology = await balancerWithPool(cloud.openstack);
    await cloud.openstack.create("loadBalancer", `${PATH}/${topology.pool}/members`, {
      member: { address: "10.0.0.7", protocol_port: 80 },
    });
    await pollStatus(cloud.openstack, topology.balancer);
    const healthmonitor = { pool_id: topology.pool, type: "TCP", delay: 5, timeout: 4, max_retries: 3 };
    await cloud.openstack.create("loadBalancer", "/v2.0/lbaas/healthmonitors", { healthmonitor });
    await pollStatus(cloud.openstack, topology.balancer);
    expect((await cloud.openstack.delete("loadBalancer", `${PATH}/${topology.pool}`)).status).toBe(204);
    expect(await cloud.openstack.list("loadBalancer", "/v2.0/lbaas/healthmonitors")).toEqual([]);
    expect(await cloud.openstack.show("loadBalancer", `/v2.0/lbaas/listeners/${topology.listener}`)).toMatchObject({
      default_pool_id: null,
    });
  });

  test("of NHN Cloud have three algorithms and three kinds of session persistence", async () => {
    const { balancer: loadbalancer_id, pool } = await nhnBalancerWithPool(cloud.nhn);
    const tcp = { loadbalancer_id, protocol: "TCP", lb_algorithm: "ROUND_ROBIN" };
    const post = async (more: object) => (await cloud.nhn.post("network", PATH, { pool: { ...tcp, ...more } })).status;
    expect([
      await post({ protocol: "UDP" }),
      await post({ lb_algorithm: "SOURCE_IP_PORT" }),
      await post({ session_persistence: { type: "MAGIC" } }),
      await post({ session_persistence: { type: "SOURCE_IP", timeout: 1 } }),
      await post({ tags: [] }),
      await post({ session_persistence: { type: "APP_COOKIE", cookie_name: "lab" }, member_port: 80 }),
    ]).toEqual([400, 400, 400, 400, 400, 201]);
    await nhnPollStatus(cloud.nhn, loadbalancer_id);
    const put = async (given: object) => (await cloud.nhn.put("network", `${PATH}/${pool}`, { pool: given })).status;
    expect([
      await put({ protocol: "HTTP" }),
      await put({ listener_id: "other" }),
      await put({ lb_algorithm: "SOURCE_IP" }),
      await put({ lb_algorithm: "SOURCE_IP" }),
    ]).toEqual([400, 400, 200, 409]);
    expect(await cloud.nhn.show("network", `${PATH}/${pool}`)).not.toHaveProperty("provisioning_status");
  });
});
