import { emulator } from "../../support";
import { floatingIp, network, port, publicSubnet } from "../../fixtures";
import { balancer, nhnBalancer, nhnBalancerWithPool, nhnPollStatus, pollStatus } from "../fixtures";

const cloud = emulator();

describe("load balancers", () => {
  test("are created with a port for their address, and become active after a poll", async () => {
    const { subnet } = await network(cloud.openstack);
    const { id, ...created } = await cloud.openstack.create("loadBalancer", "/v2.0/lbaas/loadbalancers", {
      loadbalancer: { vip_subnet_id: subnet, vip_address: "10.0.0.9" },
    });
    expect(created).toMatchObject({
      provisioning_status: "PENDING_CREATE",
      vip_address: "10.0.0.9",
      listeners: [],
      pools: [],
    });
    expect(await cloud.openstack.show("network", `/v2.0/ports/${String(created["vip_port_id"])}`)).toMatchObject({
      device_owner: "Octavia",
    });
    expect(await pollStatus(cloud.openstack, id)).toBe("PENDING_CREATE");
    expect(await pollStatus(cloud.openstack, id)).toBe("ACTIVE");
  });

  test("reject a change while another one is in progress", async () => {
    const id = await balancer(cloud.openstack);
    const rename = async () =>
      (await cloud.openstack.put("loadBalancer", `/v2.0/lbaas/loadbalancers/${id}`, { loadbalancer: { name: "b" } }))
        .status;
    expect([await rename(), await rename()]).toEqual([200, 409]);
    await pollStatus(cloud.openstack, id);
    expect(await rename()).toBe(200);
  });

  test("return their status with the statuses of their children", async () => {
    const id = await balancer(cloud.openstack);
    const { body } = await cloud.openstack.get("loadBalancer", `/v2.0/lbaas/loadbalancers/${id}/statuses`);
    expect(body).toMatchObject({ statuses: { loadbalancer: { id, provisioning_status: "ACTIVE" } } });
  });

  test("cannot be deleted while they have listeners, except by cascade", async () => {
    const id = await balancer(cloud.openstack);
    await cloud.openstack.create("loadBalancer", "/v2.0/lbaas/listeners", {
      listener: { loadbalancer_id: id, protocol: "TCP", protocol_port: 80 },
    });
    await pollStatus(cloud.openstack, id);
    const path = `/v2.0/lbaas/loadbalancers/${id}`;
    expect((await cloud.openstack.delete("loadBalancer", path)).status).toBe(400);
    expect((await cloud.openstack.delete("loadBalancer", `${path}?cascade=true`)).status).toBe(204);
    expect(await pollStatus(cloud.openstack, id)).toBe("PENDING_DELETE");
    expect((await cloud.openstack.get("loadBalancer", path)).status).toBe(404);
    expect(await cloud.openstack.list("loadBalancer", "/v2.0/lbaas/listeners")).toEqual([]);
    expect(await cloud.openstack.list("network", "/v2.0/ports")).toEqual([]);
  });

  test("reject an address that a port uses", async () => {
    const topology = await network(cloud.openstack);
    await port(cloud.openstack, topology.network);
    const loadbalancer = { vip_subnet_id: topology.subnet, vip_address: "10.0.0.2" };
    expect(await cloud.openstack.post("loadBalancer", "/v2.0/lbaas/loadbalancers", { loadbalancer })).toMatchObject({
      status: 409,
      body: { faultcode: "Client" },
    });
  });

  test("of NHN Cloud are part of the network API, shared or dedicated", async () => {
    const { subnet } = await publicSubnet(cloud.nhn);
    const create = (more: object) =>
      cloud.nhn.post("network", "/v2.0/lbaas/loadbalancers", { loadbalancer: { vip_subnet_id: subnet, ...more } });
    expect((await create({ loadbalancer_type: "dedicated" })).body).toMatchObject({
      loadbalancer: { provider: "haproxy", loadbalancer_type: "dedicated" },
    });
    expect([
      (await create({ vip_network_id: "other" })).status,
      (await create({ tags: [] })).status,
      (await create({ loadbalancer_type: "large" })).status,
      (await create({ vip_address: "172.31.0.10" })).status,
    ]).toEqual([400, 400, 400, 400]);
  });

  test("of NHN Cloud get the requested address; only name, description and administrative state can be updated", async () => {
    const { balancer: id, port: portId } = await nhnBalancer(cloud.nhn, "172.31.16.5");
    expect(await cloud.nhn.show("network", `/v2.0/ports/${portId}`)).toMatchObject({
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
      await nhnPollStatus(cloud.nhn, id),
    ]).toEqual([400, 400, 200, 409, "PENDING_UPDATE"]);
  });

  test("of NHN Cloud return the statuses of all their children", async () => {
    const { balancer: id, listener, pool, members, subnet } = await nhnBalancerWithPool(cloud.nhn);
    const member = await cloud.nhn.create("network", members, {
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
    expect(await nhnPollStatus(cloud.nhn, id)).toBe("ACTIVE");
  });

  test("of NHN Cloud do not support cascade", async () => {
    const { balancer: id } = await nhnBalancerWithPool(cloud.nhn);
    expect((await cloud.nhn.delete("network", `/v2.0/lbaas/loadbalancers/${id}?cascade=true`)).status).toBe(409);
  });

  test("of NHN Cloud prevent the deletion of their port, subnet and VPC", async () => {
    const topology = await nhnBalancer(cloud.nhn);
    const remove = async (path: string) => (await cloud.nhn.delete("network", path)).status;
    const paths = [`/v2.0/ports/${topology.port}`, `/v2.0/vpcsubnets/${topology.subnet}`, `/v2.0/vpcs/${topology.vpc}`];
    expect(await Promise.all(paths.map(remove))).toEqual([409, 409, 409]);
    expect(await remove(`/v2.0/lbaas/loadbalancers/${topology.balancer}`)).toBe(204);
    // It exists until the next poll.
    expect(await remove(paths[1] ?? "")).toBe(409);
    await nhnPollStatus(cloud.nhn, topology.balancer);
    expect(await remove(paths[1] ?? "")).toBe(204);
  });

  test("of NHN Cloud can have a floating IP behind an internet gateway, which cannot be detached meanwhile", async () => {
    const topology = await nhnBalancer(cloud.nhn);
    const { id } = await floatingIp(cloud.nhn);
    const associate = async (port_id: string | null) =>
      (await cloud.nhn.put("network", `/v2.0/floatingips/${id}`, { floatingip: { port_id } })).status;
    const detach = async () =>
      (await cloud.nhn.put("network", `/v2.0/routingtables/${topology.table}/detach_gateway`)).status;
    expect([await associate(topology.port), await detach()]).toEqual([200, 409]);
    expect((await cloud.nhn.delete("network", `/v2.0/internetgateways/${topology.gateway}`)).status).toBe(409);
    expect([await associate(null), await detach(), await associate(topology.port)]).toEqual([200, 200, 404]);
  });
});
