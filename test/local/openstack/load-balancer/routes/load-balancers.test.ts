import { emulator } from "../../support";
import { floatingIp, network, port, publicSubnet } from "../../fixtures";
import { balancer, nhnBalancer, nhnPooled, nhnSettled, settled } from "../fixtures";

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
    expect([
      (await make({ vip_network_id: "other" })).status,
      (await make({ tags: [] })).status,
      (await make({ loadbalancer_type: "large" })).status,
      (await make({ vip_address: "172.31.0.10" })).status,
    ]).toEqual([400, 400, 400, 400]);
  });

  test("of NHN Cloud have the address that is wanted, and change in their words and whether they work", async () => {
    const { balancer: id, port: portId } = await nhnBalancer(cloud.nhn, "172.31.16.5");
    expect(await cloud.nhn.see("network", `/v2.0/ports/${portId}`)).toMatchObject({
      device_owner: "neutron:LOADBALANCERV2",
      fixed_ips: [{ ip_address: "172.31.16.5" }],
    });
    const put = async (loadbalancer: object) =>
      (await cloud.nhn.put("network", `/v2.0/lbaas/loadbalancers/${id}`, { loadbalancer })).status;
    expect([
      await put({ vip_address: "172.31.16.6" }),
      await put({ loadbalancer_type: "dedicated" }),
      await put({ name: "api" }),
      await put({ name: "api" }),
      await nhnSettled(cloud.nhn, id),
    ]).toEqual([400, 400, 200, 409, "PENDING_UPDATE"]);
  });

  test("of NHN Cloud tell by their statuses how every part of them is", async () => {
    const { balancer: id, listener, pool, members, subnet } = await nhnPooled(cloud.nhn);
    const member = await cloud.nhn.make("network", members, {
      member: { address: "172.31.16.10", protocol_port: 6443, subnet_id: subnet },
    });
    const { body } = await cloud.nhn.get("network", `/v2.0/lbaas/loadbalancers/${id}/statuses`);
    const status = { provisioning_status: "PENDING_UPDATE" };
    const poolStatus = { id: pool, ...status, members: [{ id: member.id, ...status }], healthmonitor: {} };
    expect(body).toMatchObject({
      statuses: {
        loadbalancer: { id, listeners: [{ id: listener, ...status, pools: [poolStatus] }], pools: [poolStatus] },
      },
    });
    expect(await nhnSettled(cloud.nhn, id)).toBe("ACTIVE");
  });

  test("of NHN Cloud do not take their listeners along", async () => {
    const { balancer: id } = await nhnPooled(cloud.nhn);
    expect((await cloud.nhn.delete("network", `/v2.0/lbaas/loadbalancers/${id}?cascade=true`)).status).toBe(409);
  });

  test("of NHN Cloud hold what they stand on: their port, their subnet, its network", async () => {
    const place = await nhnBalancer(cloud.nhn);
    const gone = async (path: string) => (await cloud.nhn.delete("network", path)).status;
    const paths = [`/v2.0/ports/${place.port}`, `/v2.0/vpcsubnets/${place.subnet}`, `/v2.0/vpcs/${place.vpc}`];
    expect(await Promise.all(paths.map(gone))).toEqual([409, 409, 409]);
    expect(await gone(`/v2.0/lbaas/loadbalancers/${place.balancer}`)).toBe(204);
    // It is there until it has been looked at.
    expect(await gone(paths[1] ?? "")).toBe(409);
    await nhnSettled(cloud.nhn, place.balancer);
    expect(await gone(paths[1] ?? "")).toBe(204);
  });

  test("of NHN Cloud have a floating IP where a gateway leads to them, which stays as long", async () => {
    const place = await nhnBalancer(cloud.nhn);
    const { id } = await floatingIp(cloud.nhn);
    const connect = async (port_id: string | null) =>
      (await cloud.nhn.put("network", `/v2.0/floatingips/${id}`, { floatingip: { port_id } })).status;
    const detach = async () =>
      (await cloud.nhn.put("network", `/v2.0/routingtables/${place.table}/detach_gateway`)).status;
    expect([await connect(place.port), await detach()]).toEqual([200, 409]);
    expect((await cloud.nhn.delete("network", `/v2.0/internetgateways/${place.gateway}`)).status).toBe(409);
    expect([await connect(null), await detach(), await connect(place.port)]).toEqual([200, 200, 404]);
  });
});
