import { emulator } from "../support";
import { listening, settled } from "./wishes";

const cloud = emulator();

describe("listeners", () => {
  test("belong to a load balancer, and have its status", async () => {
    const { balancer, listener } = await listening(cloud.openstack);
    expect(await cloud.openstack.see("loadBalancer", `/v2.0/lbaas/listeners/${listener}`)).toMatchObject({
      loadbalancers: [{ id: balancer }],
      protocol_port: 6443,
      provisioning_status: "ACTIVE",
    });
  });

  test("change while nothing else does, and a look at them is a look at the load balancer", async () => {
    const { listener } = await listening(cloud.openstack);
    const path = `/v2.0/lbaas/listeners/${listener}`;
    const change = async () =>
      (await cloud.openstack.put("loadBalancer", path, { listener: { description: "b" } })).status;
    expect([await change(), await change()]).toEqual([200, 409]);
    expect(await cloud.openstack.see("loadBalancer", path)).toMatchObject({
      provisioning_status: "PENDING_UPDATE",
      description: "b",
    });
    expect(await change()).toBe(200);
  });

  test("have a port each, and a protocol that is known", async () => {
    const { balancer: loadbalancer_id } = await listening(cloud.openstack);
    const make = async (given: object) =>
      (
        await cloud.openstack.post("loadBalancer", "/v2.0/lbaas/listeners", {
          listener: { loadbalancer_id, protocol: "TCP", protocol_port: 6443, ...given },
        })
      ).status;
    expect([
      await make({}),
      await make({ protocol: "SMTP" }),
      await make({ default_pool_id: "none", protocol_port: 1 }),
    ]).toEqual([409, 400, 404]);
  });

  test("go", async () => {
    const { balancer, listener } = await listening(cloud.openstack);
    expect((await cloud.openstack.delete("loadBalancer", `/v2.0/lbaas/listeners/${listener}`)).status).toBe(204);
    await settled(cloud.openstack, balancer);
    expect(await cloud.openstack.see("loadBalancer", `/v2.0/lbaas/loadbalancers/${balancer}`)).toMatchObject({
      listeners: [],
    });
  });
});
