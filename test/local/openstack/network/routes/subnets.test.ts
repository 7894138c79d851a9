import { emulator } from "../../support";
import { network, port } from "../../fixtures";

const cloud = emulator();
const create = (given: object) =>
  cloud.openstack.post("network", "/v2.0/subnets", { subnet: { ip_version: 4, ...given } });

const pool = (start: string, end: string) => ({ cidr: "10.1.0.0/24", allocation_pools: [{ start, end }] });

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
    ["of another IP version than its block", { cidr: "10.1.0.0/24", ip_version: 6 }, /does not match/],
    ["without an IP version", { cidr: "10.1.0.0/24", ip_version: undefined }, /required/],
    ["with a long name", { cidr: "10.1.0.0/24", name: "x".repeat(256) }, /255/],
    ["with a descending pool", pool("10.1.0.9", "10.1.0.2"), /InvalidAllocationPool/],
    ["with a pool outside the block", pool("10.1.1.2", "10.1.1.9"), /OutOfBoundsAllocationPool/],
    ["with the broadcast address in its pool", pool("10.1.0.2", "10.1.0.255"), /OutOfBoundsAllocationPool/],
  ])("reject a subnet %s", async (_case, given, message) => {
    const { network: network_id } = await network(cloud.openstack);
    const { status, body } = await create({ network_id, ...given });
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringMatching(message)]);
  });

  test("clear host bits, and accept a gateway outside of their block", async () => {
    const { network: network_id } = await network(cloud.openstack);
    const { body } = await create({ network_id, cidr: "10.1.0.7/24", gateway_ip: "10.2.0.1" });
    expect(body).toMatchObject({ subnet: { cidr: "10.1.0.0/24", gateway_ip: "10.2.0.1" } });
  });

  test("have pools that neither overlap nor contain the gateway, also after a change", async () => {
    const { network: network_id } = await network(cloud.openstack);
    const overlapping = [...pool("10.1.0.2", "10.1.0.9").allocation_pools, { start: "10.1.0.9", end: "10.1.0.20" }];
    expect((await create({ network_id, cidr: "10.1.0.0/24", allocation_pools: overlapping })).status).toBe(409);
    expect((await create({ network_id, ...pool("10.1.0.1", "10.1.0.9") })).status).toBe(409);
    const { body } = await create({ network_id, ...pool("10.1.0.2", "10.1.0.9") });
    const path = `/v2.0/subnets/${(body as { subnet: { id: string } }).subnet.id}`;
    const change = async (subnet: object) => (await cloud.openstack.put("network", path, { subnet })).status;
    expect([await change({ gateway_ip: "10.1.0.5" }), await change({ gateway_ip: "10.1.0.10" })]).toEqual([409, 200]);
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
