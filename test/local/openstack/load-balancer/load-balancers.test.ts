import { emulator } from "../support";
import { network, port, publicSubnet } from "../wishes";
import { balancer, settled } from "./wishes";

const cloud = emulator();

describe("load balancers", () => {
  test("are built for a while before their address, which is a port", async () => {
    const { subnet } = await network(cloud.openstack);
    const { id, ...made } = await cloud.openstack.make("loadBalancer", "/v2.0/lbaas/loadbalancers", {
      loadbalancer: { vip_subnet_id: subnet, vip_address: "10.0.0.9" },
    });
    expect(made).toMatchObject({
      provisioning_status: "PENDING_CREATE",
      vip_address: "10.0.0.9",
      listeners: [],
      pools: [],
    });
    expect(await cloud.openstack.see("network", `/v2.0/ports/${String(made["vip_port_id"])}`)).toMatchObject({
      device_owner: "Octavia",
    });
    expect(await settled(cloud.openstack, id)).toBe("PENDING_CREATE");
    expect(await settled(cloud.openstack, id)).toBe("ACTIVE");
  });

  test("change one thing at a time", async () => {
    const id = await balancer(cloud.openstack);
    const rename = async () =>
      (await cloud.openstack.put("loadBalancer", `/v2.0/lbaas/loadbalancers/${id}`, { loadbalancer: { name: "b" } }))
        .status;
    expect([await rename(), await rename()]).toEqual([200, 409]);
    await settled(cloud.openstack, id);
    expect(await rename()).toBe(200);
  });

  test("tell their status by the statuses of all below them as well", async () => {
    const id = await balancer(cloud.openstack);
    const { body } = await cloud.openstack.get("loadBalancer", `/v2.0/lbaas/loadbalancers/${id}/statuses`);
    expect(body).toMatchObject({ statuses: { loadbalancer: { id, provisioning_status: "ACTIVE" } } });
  });

  test("stay while they have listeners, unless they are told to take them along", async () => {
    const id = await balancer(cloud.openstack);
    await cloud.openstack.make("loadBalancer", "/v2.0/lbaas/listeners", {
      listener: { loadbalancer_id: id, protocol: "TCP", protocol_port: 80 },
    });
    await settled(cloud.openstack, id);
    const path = `/v2.0/lbaas/loadbalancers/${id}`;
    expect((await cloud.openstack.delete("loadBalancer", path)).status).toBe(409);
    expect((await cloud.openstack.delete("loadBalancer", `${path}?cascade=true`)).status).toBe(204);
    expect(await settled(cloud.openstack, id)).toBe("PENDING_DELETE");
    expect((await cloud.openstack.get("loadBalancer", path)).status).toBe(404);
    expect(await cloud.openstack.list("loadBalancer", "/v2.0/lbaas/listeners")).toEqual([]);
    expect(await cloud.openstack.list("network", "/v2.0/ports")).toEqual([]);
  });

  test("do not take an address that something has", async () => {
    const place = await network(cloud.openstack);
    await port(cloud.openstack, place.network);
    const loadbalancer = { vip_subnet_id: place.subnet, vip_address: "10.0.0.2" };
    expect(await cloud.openstack.post("loadBalancer", "/v2.0/lbaas/loadbalancers", { loadbalancer })).toMatchObject({
      status: 409,
      body: { faultcode: "Client" },
    });
  });

  test("of NHN Cloud are at its network's address, shared or dedicated", async () => {
    const { subnet } = await publicSubnet(cloud.nhn);
    const make = (more: object) =>
      cloud.nhn.post("network", "/v2.0/lbaas/loadbalancers", { loadbalancer: { vip_subnet_id: subnet, ...more } });
    expect((await make({ loadbalancer_type: "dedicated" })).body).toMatchObject({
      loadbalancer: { provider: "haproxy", loadbalancer_type: "dedicated" },
    });
    expect((await make({ vip_network_id: "other" })).status).toBe(400);
  });
});
