import { emulator } from "../../support";
import { internetGateway, natGateway, publicSubnet, vpc } from "../../fixtures";

const cloud = emulator();

describe("internet gateways", () => {
  test("are of no use until a table points at them", async () => {
    const { id, state } = await internetGateway(cloud.nhn);
    expect(state).toBe("unavailable");
    expect(await cloud.nhn.show("network", `/v2.0/internetgateways/${id}`)).not.toHaveProperty("routingtable_id");
    const topology = await publicSubnet(cloud.nhn);
    expect(await cloud.nhn.list("network", `/v2.0/internetgateways?routingtable_id=${topology.table}`)).toMatchObject([
      { id: topology.gateway, state: "available" },
    ]);
  });

  test("lead to the internet and nowhere else", async () => {
    const { id } = await vpc(cloud.nhn);
    const internetgateway = { name: "lab", external_network_id: id };
    expect((await cloud.nhn.post("network", "/v2.0/internetgateways", { internetgateway })).status).toBe(400);
  });

  test("cannot be changed", async () => {
    const { id } = await internetGateway(cloud.nhn);
    expect(
      (await cloud.nhn.put("network", `/v2.0/internetgateways/${id}`, { internetgateway: { name: "b" } })).status,
    ).toBe(404);
  });

  test("are three at most", async () => {
    for (let n = 0; n < 3; n += 1) await internetGateway(cloud.nhn);
    await expect(internetGateway(cloud.nhn)).rejects.toThrow(/OverQuota/);
  });

  test("go while they are attached, unless a public address needs them", async () => {
    const topology = await publicSubnet(cloud.nhn);
    const { id } = await natGateway(cloud.nhn, topology);
    const remove = async () => (await cloud.nhn.delete("network", `/v2.0/internetgateways/${topology.gateway}`)).status;
    expect(await remove()).toBe(409);
    await cloud.nhn.delete("network", `/v2.0/natgateways/${id}`);
    expect(await remove()).toBe(204);
    expect((await cloud.nhn.show("network", `/v2.0/routingtables/${topology.table}`))["gateway_id"]).toBeUndefined();
  });
});
