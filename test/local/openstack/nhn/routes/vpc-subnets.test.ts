import { emulator } from "../../support";
import { floatingIp, internet, natGateway, port, publicSubnet, table, vpc, vpcSubnet } from "../../fixtures";

const cloud = emulator();
const create = (given: object) => cloud.nhn.post("network", "/v2.0/vpcsubnets", { vpcsubnet: { name: "a", ...given } });
const attach = (subnet: string, routingtable_id: string) =>
  cloud.nhn.put("network", `/v2.0/vpcsubnets/${subnet}/attach_routingtable`, { routingtable_id });
const detach = (subnet: string) => cloud.nhn.put("network", `/v2.0/vpcsubnets/${subnet}/detach_routingtable`);

describe("VPC subnets", () => {
  test("initially use the default table, and their first address is the gateway", async () => {
    const { id: vpc_id } = await vpc(cloud.nhn);
    const { id, ...created } = await vpcSubnet(cloud.nhn, vpc_id);
    expect(created).toMatchObject({ cidr: "172.31.16.0/20", gateway: "172.31.16.1", state: "available" });
    expect(created).not.toHaveProperty("routingtable");
    expect(await cloud.nhn.show("network", `/v2.0/vpcsubnets/${id}`)).toMatchObject({
      available_ip_count: 4091,
      vpc: { id: vpc_id, cidrv4: "172.31.0.0/16" },
      routingtable: { default_table: true, explicit: false },
    });
  });

  test("are subnets in Neutron's API, with the same ids", async () => {
    const { id: vpcId } = await vpc(cloud.nhn);
    const { id } = await vpcSubnet(cloud.nhn, vpcId);
    expect(await cloud.nhn.list("network", `/v2.0/subnets?network_id=${vpcId}`)).toMatchObject([
      { id, gateway_ip: "172.31.16.1", allocation_pools: [{ start: "172.31.16.4", end: "172.31.31.254" }] },
    ]);
  });

  test.each([
    ["outside its VPC", "172.30.0.0/20", /not in its VPC/],
    ["that overlaps with another one", "172.31.24.0/24", /overlaps/],
    ["smaller than /28", "172.31.0.0/29", /smaller than \/28/],
  ])("reject a subnet %s", async (_case, cidr, message) => {
    const { id: vpc_id } = await vpc(cloud.nhn);
    await vpcSubnet(cloud.nhn, vpc_id);
    const { status, body } = await create({ vpc_id, cidr });
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringMatching(message)]);
  });

  test("cannot be created in the public network", async () => {
    expect((await create({ vpc_id: await internet(cloud.nhn), cidr: "10.0.0.0/24" })).status).toBe(403);
  });

  test("are limited to ten per VPC", async () => {
    const { id: vpc_id } = await vpc(cloud.nhn);
    const statuses = [];
    for (let part = 0; part < 11; part += 1)
      statuses.push((await create({ vpc_id, cidr: `172.31.${part}.0/24` })).status);
    expect(statuses).toEqual([...Array<number>(10).fill(201), 409]);
  });

  test("update their name, but not their block", async () => {
    const { id: vpcId } = await vpc(cloud.nhn);
    const { id } = await vpcSubnet(cloud.nhn, vpcId);
    expect((await cloud.nhn.put("network", `/v2.0/vpcsubnets/${id}`, { vpcsubnet: { name: "b" } })).body).toMatchObject(
      { vpcsubnet: { name: "b" } },
    );
    expect(
      (await cloud.nhn.put("network", `/v2.0/vpcsubnets/${id}`, { vpcsubnet: { name: "b", cidr: "172.31.0.0/20" } }))
        .status,
    ).toBe(400);
  });

  test("can be attached to a table of the same VPC, and detached", async () => {
    const { id: vpcId } = await vpc(cloud.nhn);
    const { id } = await vpcSubnet(cloud.nhn, vpcId);
    const own = await table(cloud.nhn, vpcId);
    const other = await table(cloud.nhn, (await vpc(cloud.nhn, "10.0.0.0/16")).id);
    expect((await attach(id, other.id)).status).toBe(400);
    expect((await attach(id, own.id)).body).toMatchObject({
      vpcsubnet: { routingtable: { id: own.id, explicit: true } },
    });
    expect((await detach(id)).body).toMatchObject({
      vpcsubnet: { routingtable: { default_table: true, explicit: false } },
    });
    expect((await detach(id)).status).toBe(409);
  });

  test("show the internet gateway of their table only while one is attached", async () => {
    const { subnet, gateway } = await publicSubnet(cloud.nhn);
    expect(await cloud.nhn.show("network", `/v2.0/vpcsubnets/${subnet}`)).toMatchObject({
      routingtable: { gateway_id: gateway },
    });
    const { body } = await detach(subnet);
    expect((body as { vpcsubnet: { routingtable: object } }).vpcsubnet.routingtable).not.toHaveProperty("gateway_id");
  });

  test("keep their internet gateway while a floating IP requires it", async () => {
    const topology = await publicSubnet(cloud.nhn);
    await natGateway(cloud.nhn, topology);
    expect((await detach(topology.subnet)).status).toBe(409);
  });

  test("cannot be deleted while a port uses one of their addresses", async () => {
    const { id: vpcId } = await vpc(cloud.nhn);
    const { id } = await vpcSubnet(cloud.nhn, vpcId);
    const { id: portId } = await port(cloud.nhn, vpcId);
    expect(await cloud.nhn.delete("network", `/v2.0/vpcsubnets/${id}`)).toMatchObject({
      status: 409,
      body: { NeutronError: { type: "SubnetInUse" } },
    });
    await cloud.nhn.delete("network", `/v2.0/ports/${portId}`);
    expect((await cloud.nhn.delete("network", `/v2.0/vpcsubnets/${id}`)).status).toBe(204);
  });

  test("require an internet gateway for floating IPs", async () => {
    const { id: vpcId } = await vpc(cloud.nhn);
    await vpcSubnet(cloud.nhn, vpcId);
    const { id: port_id } = await port(cloud.nhn, vpcId);
    const { id } = await floatingIp(cloud.nhn);
    expect(await cloud.nhn.put("network", `/v2.0/floatingips/${id}`, { floatingip: { port_id } })).toMatchObject({
      status: 404,
      body: { NeutronError: { type: "ExternalGatewayForFloatingIPNotFound" } },
    });
  });
});
