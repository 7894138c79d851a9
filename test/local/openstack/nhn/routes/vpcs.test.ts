import { emulator } from "../../support";
import { internet, internetGateway, vpc, vpcSubnet } from "../../fixtures";

const cloud = emulator();
const create = (given: object) => cloud.nhn.post("network", "/v2.0/vpcs", { vpc: given });

describe("VPCs", () => {
  test("initially have one routing table with the local route", async () => {
    const { id, ...created } = await vpc(cloud.nhn);
    expect(created).toMatchObject({
      name: "lab",
      cidrv4: "172.31.0.0/16",
      state: "available",
      "router:external": false,
    });
    const { routingtables, subnets } = await cloud.nhn.show("network", `/v2.0/vpcs/${id}`);
    expect(subnets).toEqual([]);
    expect(routingtables).toMatchObject([{ name: `vpc-${id.split("-")[0] ?? ""}`, default_table: true }]);
    expect(await cloud.nhn.list("network", "/v2.0/routes")).toMatchObject([
      { cidr: "172.31.0.0/16", gateway: "local", mask: 16 },
    ]);
  });

  test("are networks in Neutron's API, with the same ids and names", async () => {
    const { id } = await vpc(cloud.nhn);
    await cloud.nhn.put("network", `/v2.0/vpcs/${id}`, { vpc: { name: "renamed" } });
    expect(await cloud.nhn.list("network", `/v2.0/networks?id=${id}`)).toMatchObject([
      { id, name: "renamed", status: "ACTIVE" },
    ]);
  });

  test("include the public network, which is found by its flag", async () => {
    const found = await cloud.nhn.list("network", "/v2.0/vpcs?router:external=true");
    expect(found).toMatchObject([{ id: await internet(cloud.nhn), cidrv4: "0.0.0.0/0", shared: true }]);
  });

  test.each([
    ["outside private address space", "8.8.0.0/16", /not in private/],
    ["smaller than /24", "10.0.0.0/25", /smaller than \/24/],
    ["with bits set after the prefix", "10.0.1.0/16", /behind its prefix/],
  ])("reject a block %s", async (_case, cidrv4, message) => {
    const { status, body } = await create({ name: "lab", cidrv4 });
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringMatching(message)]);
  });

  test("reject a block that does not contain their subnets", async () => {
    const { id } = await vpc(cloud.nhn);
    await vpcSubnet(cloud.nhn, id);
    expect((await cloud.nhn.put("network", `/v2.0/vpcs/${id}`, { vpc: { cidrv4: "10.0.0.0/16" } })).status).toBe(400);
  });

  test("are limited to three", async () => {
    for (const cidr of ["10.0.0.0/16", "10.1.0.0/16", "10.2.0.0/16"]) await vpc(cloud.nhn, cidr);
    expect(await create({ name: "fourth", cidrv4: "10.3.0.0/16" })).toMatchObject({
      status: 409,
      body: { NeutronError: { type: "OverQuota" } },
    });
  });

  test("cannot be deleted while they have subnets", async () => {
    const { id } = await vpc(cloud.nhn);
    const subnet = await vpcSubnet(cloud.nhn, id);
    expect(await cloud.nhn.delete("network", `/v2.0/vpcs/${id}`)).toMatchObject({
      status: 409,
      body: { NeutronError: { type: "VPCInUse" } },
    });
    await cloud.nhn.delete("network", `/v2.0/vpcsubnets/${subnet.id}`);
    expect((await cloud.nhn.delete("network", `/v2.0/vpcs/${id}`)).status).toBe(204);
  });

  test("are deleted with their tables, attached gateways and ACL bindings, but not with the ACL", async () => {
    const { id } = await vpc(cloud.nhn);
    const [table] = await cloud.nhn.list("network", "/v2.0/routingtables?default_table=true");
    const gateway = await internetGateway(cloud.nhn);
    await cloud.nhn.put("network", `/v2.0/routingtables/${table?.id ?? ""}/attach_gateway`, { gateway_id: gateway.id });
    const acl = await cloud.nhn.create("network", "/v2.0/acls", { acl: { name: "lab" } });
    await cloud.nhn.create("network", "/v2.0/acl_bindings", { acl_binding: { acl_id: acl.id, network_id: id } });
    await cloud.nhn.delete("network", `/v2.0/vpcs/${id}`);
    for (const path of ["routingtables", "routes", "internetgateways", "acl_bindings"])
      expect(await cloud.nhn.list("network", `/v2.0/${path}`)).toEqual([]);
    expect(await cloud.nhn.list("network", "/v2.0/acls")).toHaveLength(1);
  });

  test("reject changes of the public network", async () => {
    const id = await internet(cloud.nhn);
    expect((await cloud.nhn.delete("network", `/v2.0/vpcs/${id}`)).status).toBe(403);
    expect((await cloud.nhn.put("network", `/v2.0/vpcs/${id}`, { vpc: { name: "mine" } })).status).toBe(403);
  });
});
