import { emulator } from "../../support";
import { balancerWithListener, nhnBalancer, nhnPollStatus, pollStatus } from "../fixtures";

const cloud = emulator();

describe("listeners", () => {
  test("belong to a load balancer and have its status", async () => {
    const { balancer, listener } = await balancerWithListener(cloud.openstack);
    expect(await cloud.openstack.show("loadBalancer", `/v2.0/lbaas/listeners/${listener}`)).toMatchObject({
      loadbalancers: [{ id: balancer }],
      protocol_port: 6443,
      provisioning_status: "ACTIVE",
    });
  });

  test("reject an update while another one is in progress, and count polls for the load balancer", async () => {
    const { listener } = await balancerWithListener(cloud.openstack);
    const path = `/v2.0/lbaas/listeners/${listener}`;
    const change = async () =>
      (await cloud.openstack.put("loadBalancer", path, { listener: { description: "b" } })).status;
    expect([await change(), await change()]).toEqual([200, 409]);
    expect(await cloud.openstack.show("loadBalancer", path)).toMatchObject({
      provisioning_status: "PENDING_UPDATE",
      description: "b",
    });
    expect(await change()).toBe(200);
  });

  test("have unique ports, a known protocol and an existing pool", async () => {
    const { balancer: loadbalancer_id } = await balancerWithListener(cloud.openstack);
    const create = async (given: object) =>
      (
        await cloud.openstack.post("loadBalancer", "/v2.0/lbaas/listeners", {
          listener: { loadbalancer_id, protocol: "TCP", protocol_port: 6443, ...given },
        })
      ).status;
    expect([
      await create({}),
      await create({ protocol: "SMTP" }),
      await create({ default_pool_id: "none", protocol_port: 1 }),
    ]).toEqual([409, 400, 404]);
  });

  test("can be deleted", async () => {
    const { balancer, listener } = await balancerWithListener(cloud.openstack);
    expect((await cloud.openstack.delete("loadBalancer", `/v2.0/lbaas/listeners/${listener}`)).status).toBe(204);
    await pollStatus(cloud.openstack, balancer);
    expect(await cloud.openstack.show("loadBalancer", `/v2.0/lbaas/loadbalancers/${balancer}`)).toMatchObject({
      listeners: [],
    });
  });

  test("of NHN Cloud have no inserted headers, no allowed CIDRs and no status", async () => {
    const { balancer: loadbalancer_id } = await nhnBalancer(cloud.nhn);
    const http = { loadbalancer_id, protocol: "HTTP", protocol_port: 80 };
    const post = async (more: object) =>
      (await cloud.nhn.post("network", "/v2.0/lbaas/listeners", { listener: { ...http, ...more } })).status;
    expect([
      await post({ insert_headers: { "X-Forwarded-For": "true" } }),
      await post({ allowed_cidrs: ["203.0.113.0/24"] }),
      await post({ timeout_client_data: 50_000 }),
      await post({ protocol: "UDP" }),
      await post({ loadbalancer_id: undefined }),
    ]).toEqual([400, 400, 400, 400, 400]);
    const { id, ...created } = await cloud.nhn.create("network", "/v2.0/lbaas/listeners", {
      listener: { ...http, keepalive_timeout: 60, connection_limit: 2000 },
    });
    expect(created).toMatchObject({ keepalive_timeout: 60, connection_limit: 2000 });
    expect(created).not.toHaveProperty("provisioning_status");
    const put = async (listener: object) =>
      (await cloud.nhn.put("network", `/v2.0/lbaas/listeners/${id}`, { listener })).status;
    expect([
      await put({ keepalive_timeout: 90 }),
      await nhnPollStatus(cloud.nhn, loadbalancer_id),
      await put({ protocol_port: 81 }),
      await put({ keepalive_timeout: 90 }),
    ]).toEqual([409, "PENDING_UPDATE", 400, 200]);
  });
});
