import { emulator } from "../../support";
import { floatingIp, internetGateway, natGateway, port, publicSubnet, table, vpc, vpcSubnet } from "../../fixtures";

const cloud = emulator();
const put = (id: string, action: string, body?: object) =>
  cloud.nhn.put("network", `/v2.0/routingtables/${id}/${action}`, body);

describe("routing tables", () => {
  test("are distributed by default, which can be updated", async () => {
    const { id: vpcId } = await vpc(cloud.nhn);
    const { id, distributed } = await table(cloud.nhn, vpcId);
    expect(distributed).toBe(true);
    const { body } = await cloud.nhn.put("network", `/v2.0/routingtables/${id}`, {
      routingtable: { name: "b", distributed: false },
    });
    expect(body).toMatchObject({ routingtable: { name: "b", distributed: false } });
  });

  test("are shown with routes and subnets, in lists without", async () => {
    const { vpc: vpcId, subnet, table: id, gateway } = await publicSubnet(cloud.nhn);
    expect(await cloud.nhn.show("network", `/v2.0/routingtables/${id}`)).toMatchObject({
      vpcs: [vpcId],
      subnets: [subnet],
      routes: [{ gateway: "local" }, { cidr: "0.0.0.0/0", mask: 0, gateway_id: gateway }],
    });
    const [listed] = await cloud.nhn.list("network", `/v2.0/routingtables?id=${id}`);
    expect(listed).toMatchObject({ gateway_id: gateway, gateway_name: "lab" });
    expect(listed).not.toHaveProperty("subnets");
    const detailed = await cloud.nhn.list("network", `/v2.0/routingtables?detail=true&id=${id}`);
    expect(detailed).toMatchObject([{ vpcs: [{ id: vpcId, name: "lab" }], subnets: [{ id: subnet, name: "public" }] }]);
  });

  test("have no gateway fields while no gateway is attached", async () => {
    const { id: vpcId } = await vpc(cloud.nhn);
    const { id } = await table(cloud.nhn, vpcId);
    expect((await cloud.nhn.list("network", `/v2.0/routingtables?id=${id}`))[0]).not.toHaveProperty("gateway_id");
    expect((await put(id, "detach_gateway")).status).toBe(409);
  });

  test("have one gateway each, and a gateway is attached to one table", async () => {
    const { vpc: vpcId, table: id, gateway } = await publicSubnet(cloud.nhn);
    const second = await internetGateway(cloud.nhn);
    const other = await table(cloud.nhn, vpcId);
    expect((await put(id, "attach_gateway", { gateway_id: second.id })).body).toMatchObject({
      NeutronError: { type: "RoutingTableInUse" },
    });
    expect((await put(other.id, "attach_gateway", { gateway_id: gateway })).status).toBe(409);
    expect((await put(other.id, "attach_gateway", { gateway_id: "none" })).status).toBe(404);
  });

  test("reject a gateway while they have a default route", async () => {
    const topology = await publicSubnet(cloud.nhn);
    const own = await table(cloud.nhn, topology.vpc);
    const { id, fixed_ip: gateway } = await natGateway(cloud.nhn, topology);
    await cloud.nhn.get("network", `/v2.0/natgateways/${id}`);
    await cloud.nhn.create("network", "/v2.0/routes", {
      route: { routingtable_id: own.id, cidr: "0.0.0.0/0", gateway, description: "" },
    });
    expect((await put(own.id, "attach_gateway", { gateway_id: (await internetGateway(cloud.nhn)).id })).status).toBe(
      409,
    );
  });

  test("keep their gateway while a floating IP in one of their subnets requires it", async () => {
    const { vpc: vpcId, table: id } = await publicSubnet(cloud.nhn);
    const { id: port_id } = await port(cloud.nhn, vpcId);
    const floating = `/v2.0/floatingips/${(await floatingIp(cloud.nhn)).id}`;
    await cloud.nhn.put("network", floating, { floatingip: { port_id } });
    expect((await put(id, "detach_gateway")).status).toBe(409);
    await cloud.nhn.put("network", floating, { floatingip: { port_id: null } });
    expect((await put(id, "detach_gateway")).status).toBe(200);
    expect(await cloud.nhn.list("network", `/v2.0/routes?routingtable_id=${id}`)).toHaveLength(1);
  });

  test("cannot be deleted while they have a gateway or a subnet, or are the default", async () => {
    const { vpc: vpcId, subnet, table: id } = await publicSubnet(cloud.nhn);
    const remove = async (which: string) => {
      const { status, body } = await cloud.nhn.delete("network", `/v2.0/routingtables/${which}`);
      return `${status} ${JSON.stringify(body)}`;
    };
    expect(await remove(id)).toMatch(/^409 .*is attached to table/);
    await put(id, "detach_gateway");
    expect(await remove(id)).toMatch(/^409 .*subnets are on table/);
    await cloud.nhn.put("network", `/v2.0/vpcsubnets/${subnet}/detach_routingtable`);
    expect(await remove(id)).toMatch(/^204/);
    const [rest] = await cloud.nhn.list("network", "/v2.0/routingtables?default_table=true");
    expect(await remove(rest?.id ?? "")).toMatch(/^409 .*is the default of its VPC/);
    expect(await cloud.nhn.list("network", `/v2.0/vpcs?id=${vpcId}`)).toHaveLength(1);
  });

  test("become the default without changing the table of a subnet", async () => {
    const { id: vpcId } = await vpc(cloud.nhn);
    const { id: subnet } = await vpcSubnet(cloud.nhn, vpcId);
    const { id } = await table(cloud.nhn, vpcId);
    const before = await cloud.nhn.show("network", `/v2.0/vpcsubnets/${subnet}`);
    expect((await put(id, "set_as_default")).body).toMatchObject({ routingtable: { default_table: true } });
    expect(await cloud.nhn.show("network", `/v2.0/vpcsubnets/${subnet}`)).toMatchObject({
      routingtable: { id: (before["routingtable"] as { id: string }).id, explicit: true, default_table: false },
    });
  });

  test("list the NAT gateways of their subnets", async () => {
    const topology = await publicSubnet(cloud.nhn);
    const { id } = await natGateway(cloud.nhn, topology);
    expect(await cloud.nhn.list("network", `/v2.0/routingtables/${topology.table}/related_gateways`)).toEqual([
      { id, name: "lab", type: "goblin:natgateway" },
    ]);
  });

  test("are limited to ten per VPC", async () => {
    const { id: vpc_id } = await vpc(cloud.nhn);
    const statuses = [];
    for (let n = 0; n < 10; n += 1)
      statuses.push(
        (await cloud.nhn.post("network", "/v2.0/routingtables", { routingtable: { name: "t", vpc_id } })).status,
      );
    expect(statuses).toEqual([...Array<number>(9).fill(201), 409]);
  });
});
