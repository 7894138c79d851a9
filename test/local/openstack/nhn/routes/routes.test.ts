import { emulator } from "../../support";
import { natGateway, publicSubnet, table, vpc } from "../../fixtures";

const cloud = emulator();

async function behindNat() {
  const topology = await publicSubnet(cloud.nhn);
  const nat = await natGateway(cloud.nhn, topology);
  const own = await table(cloud.nhn, topology.vpc);
  const requestBody = (more = {}) => ({
    route: { routingtable_id: own.id, cidr: "0.0.0.0/0", gateway: nat["fixed_ip"], description: "out", ...more },
  });
  const ready = () => cloud.nhn.get("network", `/v2.0/natgateways/${nat.id}`);
  return { ...topology, nat, own: own.id, requestBody, ready };
}

describe("routes", () => {
  test("can have the address of a NAT gateway, once it is active", async () => {
    const { requestBody, ready } = await behindNat();
    expect(await cloud.nhn.post("network", "/v2.0/routes", requestBody())).toMatchObject({
      status: 409,
      body: { NeutronError: { type: "NatGatewayNotReady" } },
    });
    await ready();
    expect(await cloud.nhn.create("network", "/v2.0/routes", requestBody())).toMatchObject({
      cidr: "0.0.0.0/0",
      mask: 0,
      description: "out",
    });
  });

  test.each([
    ["outside the VPC", { gateway: "10.0.0.1" }, /no address of the VPC/],
    ["that no port uses", { gateway: "172.31.16.200" }, /nothing has address/],
    ["that is an id", { gateway: "natgateway" }, /no address of the VPC/],
  ])("reject a gateway %s", async (_case, more, message) => {
    const { requestBody, ready } = await behindNat();
    await ready();
    const { status, body } = await cloud.nhn.post("network", "/v2.0/routes", requestBody(more));
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringMatching(message)]);
  });

  test("require a description of at most 256 bytes", async () => {
    const { requestBody, ready } = await behindNat();
    await ready();
    expect(
      (await cloud.nhn.post("network", "/v2.0/routes", requestBody({ description: "a".repeat(257) }))).status,
    ).toBe(400);
    expect((await cloud.nhn.post("network", "/v2.0/routes", requestBody({ description: undefined }))).status).toBe(400);
  });

  test("are limited to one per block and ten per table", async () => {
    const { requestBody, ready } = await behindNat();
    await ready();
    const statuses = [];
    for (let n = 0; n < 11; n += 1)
      statuses.push((await cloud.nhn.post("network", "/v2.0/routes", requestBody({ cidr: `10.${n}.0.0/16` }))).status);
    expect(statuses).toEqual([...Array<number>(10).fill(201), 409]);
    expect((await cloud.nhn.post("network", "/v2.0/routes", requestBody({ cidr: "10.0.0.0/16" }))).body).toMatchObject({
      NeutronError: { type: "RouteExists" },
    });
  });

  test("can be updated, except their table", async () => {
    const { requestBody, ready } = await behindNat();
    await ready();
    const { id } = await cloud.nhn.create("network", "/v2.0/routes", requestBody());
    const change = (route: object) => cloud.nhn.put("network", `/v2.0/routes/${id}`, { route });
    expect((await change({ cidr: "10.0.0.0/8" })).body).toMatchObject({ route: { cidr: "10.0.0.0/8", mask: 8 } });
    expect((await change({ routingtable_id: "other" })).status).toBe(400);
  });

  test("of the cloud can be neither updated nor deleted", async () => {
    await publicSubnet(cloud.nhn);
    for (const { id } of await cloud.nhn.list("network", "/v2.0/routes")) {
      expect((await cloud.nhn.delete("network", `/v2.0/routes/${id}`)).status).toBe(409);
      expect((await cloud.nhn.put("network", `/v2.0/routes/${id}`, { route: { description: "mine" } })).status).toBe(
        409,
      );
    }
  });

  test("can be filtered by documented fields only", async () => {
    const { id } = await vpc(cloud.nhn);
    expect(await cloud.nhn.list("network", "/v2.0/routes?gateway=local&mask=16")).toHaveLength(1);
    expect((await cloud.nhn.get("network", `/v2.0/routes?vpc_id=${id}`)).status).toBe(400);
  });
});
