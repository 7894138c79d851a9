import { emulator } from "../../support";
import { network, port } from "../../fixtures";

const cloud = emulator();
const create = (given: object) => cloud.openstack.post("network", "/v2.0/subnets", { subnet: given });

describe("subnets", () => {
  test("allocate all addresses except network, gateway and broadcast", async () => {
    const { subnet } = await network(cloud.openstack, "10.0.0.0/24");
    expect(await cloud.openstack.show("network", `/v2.0/subnets/${subnet}`)).toMatchObject({
      gateway_ip: "10.0.0.1",
      allocation_pools: [{ start: "10.0.0.2", end: "10.0.0.254" }],
    });
  });

  test("can have no gateway", async () => {
    const { network: network_id } = await network(cloud.openstack);
    const { body } = await create({ network_id, cidr: "10.1.0.0/24", gateway_ip: null });
    expect(body).toMatchObject({
      subnet: { gateway_ip: null, allocation_pools: [{ start: "10.1.0.1", end: "10.1.0.254" }] },
    });
  });

  test.each([
    ["that overlaps with another one of the network", { cidr: "10.0.0.128/25" }, /overlaps/],
    ["without a prefix length", { cidr: "10.0.0.0" }, /no block/],
    ["of IPv6", { cidr: "fd00::/64", ip_version: 6 }, /IPv4 only/],
    ["with a gateway outside the block", { cidr: "10.1.0.0/24", gateway_ip: "10.2.0.1" }, /is not in/],
  ])("reject a subnet %s", async (_case, given, message) => {
    const { network: network_id } = await network(cloud.openstack);
    const { status, body } = await create({ network_id, ...given });
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringMatching(message)]);
  });

  test("can have the same block on different networks", async () => {
    await network(cloud.openstack);
    await expect(network(cloud.openstack)).resolves.toBeDefined();
  });

  test("cannot be deleted while a port uses one of their addresses", async () => {
    const { network: id, subnet } = await network(cloud.openstack);
    const { id: portId } = await port(cloud.openstack, id);
    expect((await cloud.openstack.delete("network", `/v2.0/subnets/${subnet}`)).status).toBe(409);
    await cloud.openstack.delete("network", `/v2.0/ports/${portId}`);
    expect((await cloud.openstack.delete("network", `/v2.0/subnets/${subnet}`)).status).toBe(204);
  });

  test("update their DNS servers, but not their block", async () => {
    const { subnet } = await network(cloud.openstack);
    const change = (given: object) => cloud.openstack.put("network", `/v2.0/subnets/${subnet}`, { subnet: given });
    expect((await change({ dns_nameservers: ["1.1.1.1"] })).body).toMatchObject({
      subnet: { dns_nameservers: ["1.1.1.1"] },
    });
    expect((await change({ cidr: "10.1.0.0/24" })).status).toBe(400);
  });
});
