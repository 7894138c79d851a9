import { emulator } from "../../support";
import { network, port, publicSubnet, runningMachine } from "../../fixtures";

const cloud = emulator();
const addressOf = (shown: Record<string, unknown>) =>
  (shown["fixed_ips"] as { ip_address: string }[]).map(({ ip_address }) => ip_address);

describe("ports", () => {
  test("get the next free address and the default security group", async () => {
    const { network: id } = await network(cloud.openstack);
    const [first, other] = [await port(cloud.openstack, id), await port(cloud.openstack, id)];
    expect([addressOf(first), addressOf(other)]).toEqual([["10.0.0.2"], ["10.0.0.3"]]);
    const [group] = await cloud.openstack.list("network", "/v2.0/security-groups?name=default");
    expect(first).toMatchObject({ security_groups: [group?.id], status: "DOWN", device_owner: "" });
    expect(first["mac_address"]).toMatch(/^fa:16:3e(:[0-9a-f]{2}){3}$/);
  });

  test("get the requested address, once", async () => {
    const { network: id, subnet: subnet_id } = await network(cloud.openstack);
    const requested = [{ subnet_id, ip_address: "10.0.0.10" }];
    const created = await port(cloud.openstack, id, requested);
    expect(addressOf(created)).toEqual(["10.0.0.10"]);
    await expect(port(cloud.openstack, id, requested)).rejects.toThrow(/IpAddressAlreadyAllocated/);
    await cloud.openstack.delete("network", `/v2.0/ports/${created.id}`);
    await expect(port(cloud.openstack, id, requested)).resolves.toBeDefined();
  });

  test.each([["10.0.0.0"], ["10.0.0.255"], ["10.0.1.4"], ["elsewhere"]])(
    "cannot get the address %s",
    async (ip_address) => {
      const { network: id, subnet: subnet_id } = await network(cloud.openstack);
      await expect(port(cloud.openstack, id, [{ subnet_id, ip_address }])).rejects.toThrow(/400/);
    },
  );

  test("cannot get an address of another network", async () => {
    const { network: id } = await network(cloud.openstack);
    const { subnet: subnet_id } = await network(cloud.openstack, "10.1.0.0/24");
    await expect(port(cloud.openstack, id, [{ subnet_id }])).rejects.toThrow(/no such subnet/);
  });

  test("are rejected when no address is left", async () => {
    const { network: id } = await network(cloud.openstack, "10.0.0.0/30");
    await port(cloud.openstack, id);
    await expect(port(cloud.openstack, id)).rejects.toThrow(/IpAddressGenerationFailure/);
  });

  test.each(["172.31.16.1", "172.31.16.2", "172.31.16.3", "172.31.31.255"])(
    "cannot get %s on NHN Cloud, which reserves it",
    async (ip_address) => {
      const { vpc, subnet: subnet_id } = await publicSubnet(cloud.nhn);
      await expect(port(cloud.nhn, vpc, [{ subnet_id, ip_address }])).rejects.toThrow(/400/);
    },
  );

  test("update security groups, address pairs and addresses", async () => {
    const { network: id, subnet: subnet_id } = await network(cloud.openstack);
    const { id: portId } = await port(cloud.openstack, id);
    const change = (given: object) => cloud.openstack.put("network", `/v2.0/ports/${portId}`, { port: given });
    const pairs = [{ ip_address: "10.233.64.0/18" }];
    expect((await change({ security_groups: [], allowed_address_pairs: pairs })).body).toMatchObject({
      port: { security_groups: [], allowed_address_pairs: pairs },
    });
    expect((await change({ fixed_ips: [{ subnet_id, ip_address: "10.0.0.2" }] })).status).toBe(200);
    expect((await change({ fixed_ips: [{ subnet_id, ip_address: "10.0.0.255" }] })).status).toBe(400);
    expect(addressOf(await cloud.openstack.show("network", `/v2.0/ports/${portId}`))).toEqual(["10.0.0.2"]);
    expect((await change({ network_id: id })).status).toBe(400);
    expect((await change({ security_groups: ["none"] })).status).toBe(404);
  });

  test.each([
    ["eleven", Array.from({ length: 11 }, (_, n) => `10.1.${n}.0/24`), "AllowedAddressPairExhausted"],
    ["twice the same", ["10.1.0.0/16", "10.1.0.0/16"], "DuplicateAddressPairInRequest"],
    ["a name", ["pods"], "HTTPBadRequest"],
    ["a prefix of 33", ["10.1.0.0/33"], "HTTPBadRequest"],
  ])("reject address pairs: %s", async (_case, addresses, type) => {
    const { network: network_id } = await network(cloud.openstack);
    const allowed_address_pairs = addresses.map((ip_address) => ({ ip_address }));
    const { id: portId } = await port(cloud.openstack, network_id);
    const body = { port: { allowed_address_pairs } };
    const rejected = { status: 400, body: { NeutronError: { type } } };
    expect(await cloud.openstack.put("network", `/v2.0/ports/${portId}`, body)).toMatchObject(rejected);
    expect(
      await cloud.openstack.post("network", "/v2.0/ports", { port: { network_id, allowed_address_pairs } }),
    ).toMatchObject(rejected);
  });

  test("accept ten address pairs, with host bits and of IPv6", async () => {
    const { network: id } = await network(cloud.openstack);
    const { id: portId } = await port(cloud.openstack, id);
    const texts = ["10.1.0.7/24", "fd00::/64", ...Array.from({ length: 8 }, (_, n) => `10.2.${n}.0/24`)];
    const body = { port: { allowed_address_pairs: texts.map((ip_address) => ({ ip_address })) } };
    expect((await cloud.openstack.put("network", `/v2.0/ports/${portId}`, body)).status).toBe(200);
  });

  test("lose port security only after their groups and address pairs", async () => {
    const { network: id } = await network(cloud.openstack);
    const { id: portId } = await port(cloud.openstack, id);
    const change = async (given: object) =>
      (await cloud.openstack.put("network", `/v2.0/ports/${portId}`, { port: given })).status;
    expect(await change({ port_security_enabled: false })).toBe(409);
    expect(await change({ security_groups: [] })).toBe(200);
    expect(await change({ port_security_enabled: false })).toBe(200);
    expect(await change({ allowed_address_pairs: [{ ip_address: "10.0.0.9" }] })).toBe(409);
  });

  test("cannot be deleted while a machine uses them", async () => {
    const { network: id } = await network(cloud.openstack);
    const { id: portId } = await port(cloud.openstack, id);
    await runningMachine(cloud.openstack, [{ port: portId }]);
    expect(await cloud.openstack.show("network", `/v2.0/ports/${portId}`)).toMatchObject({
      status: "ACTIVE",
      device_owner: "compute:nova",
    });
    expect((await cloud.openstack.delete("network", `/v2.0/ports/${portId}`)).status).toBe(409);
  });
});
