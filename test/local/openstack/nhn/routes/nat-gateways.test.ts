import { emulator } from "../../support";
import { floatingIp, natGateway, publicSubnet, table, vpc, vpcSubnet } from "../../fixtures";

const cloud = emulator();

describe("NAT gateways", () => {
  test("are built first, but have their addresses at once", async () => {
    const { id, ...created } = await natGateway(cloud.nhn, await publicSubnet(cloud.nhn));
    expect(created).toMatchObject({ status: "BUILD", fixed_ip: "172.31.16.4", floating_ip: "203.0.113.10" });
    expect(await cloud.nhn.show("network", `/v2.0/natgateways/${id}`)).toMatchObject({ status: "BUILD" });
    expect(await cloud.nhn.show("network", `/v2.0/natgateways/${id}`)).toMatchObject({ status: "ACTIVE" });
  });

  test("reject a subnet without an internet gateway", async () => {
    const { id: vpcId } = await vpc(cloud.nhn);
    const subnet = await vpcSubnet(cloud.nhn, vpcId);
    await expect(natGateway(cloud.nhn, { vpc: vpcId, subnet: subnet.id })).rejects.toThrow(/no internet gateway/);
  });

  test("reject a subnet of another VPC", async () => {
    const topology = await publicSubnet(cloud.nhn);
    const other = await vpc(cloud.nhn, "10.0.0.0/16");
    await expect(natGateway(cloud.nhn, { ...topology, vpc: other.id })).rejects.toThrow(/is not in VPC/);
  });

  test("require an unused floating IP and keep it until they are deleted", async () => {
    const topology = await publicSubnet(cloud.nhn);
    const { id, floatingips_id } = await natGateway(cloud.nhn, topology);
    const floating = `/v2.0/floatingips/${String(floatingips_id)}`;
    const again = { name: "b", vpc_id: topology.vpc, subnet_id: topology.subnet, floatingips_id };
    expect((await cloud.nhn.post("network", "/v2.0/natgateways", { natgateway: again })).status).toBe(409);
    expect((await cloud.nhn.put("network", floating, { floatingip: { port_id: null } })).status).toBe(409);
    expect((await cloud.nhn.delete("network", floating)).status).toBe(409);
    await cloud.nhn.delete("network", `/v2.0/natgateways/${id}`);
    expect(await cloud.nhn.show("network", floating)).toMatchObject({ port_id: null, status: "DOWN" });
    expect((await cloud.nhn.delete("network", floating)).status).toBe(204);
  });

  test("update name and description only", async () => {
    const { id } = await natGateway(cloud.nhn, await publicSubnet(cloud.nhn));
    const change = (natgateway: object) => cloud.nhn.put("network", `/v2.0/natgateways/${id}`, { natgateway });
    expect((await change({ name: "b", description: "out" })).body).toMatchObject({
      natgateway: { name: "b", description: "out" },
    });
    expect((await change({ floatingips_id: (await floatingIp(cloud.nhn)).id })).status).toBe(400);
  });

  test("cannot be deleted while a route points to them", async () => {
    const topology = await publicSubnet(cloud.nhn);
    const { id, fixed_ip: gateway } = await natGateway(cloud.nhn, topology);
    await cloud.nhn.get("network", `/v2.0/natgateways/${id}`);
    const { id: routingtable_id } = await table(cloud.nhn, topology.vpc);
    await cloud.nhn.create("network", "/v2.0/routes", {
      route: { routingtable_id, cidr: "0.0.0.0/0", gateway, description: "" },
    });
    expect((await cloud.nhn.delete("network", `/v2.0/natgateways/${id}`)).status).toBe(409);
  });
});
