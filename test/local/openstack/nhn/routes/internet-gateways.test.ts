import { emulator } from "../../support";
import { internetGateway, natGateway, publicSubnet, vpc } from "../../fixtures";

const cloud = emulator();

describe("internet gateways", () => {
  test("are unavailable until they are attached to a table", async () => {
    const { id, state } = await internetGateway(cloud.nhn);
    expect(state).toBe("unavailable");
    expect(await cloud.nhn.show("network", `/v2.0/internetgateways/${id}`)).not.toHaveProperty("routingtable_id");
    const topology = await publicSubnet(cloud.nhn);
    expect(await cloud.nhn.list("network", `/v2.0/internetgateways?routingtable_id=${topology.table}`)).toMatchObject([
      { id: topology.gateway, state: "available" },
    ]);
  });

  test("require the external network", async () => {
    const { id } = await vpc(cloud.nhn);
    const internetgateway = { name: "lab", external_network_id: id };
    expect((await cloud.nhn.post("network", "/v2.0/internetgateways", { internetgateway })).status).toBe(400);
  });

  test("cannot be updated", async () => {
    const { id } = await internetGateway(cloud.nhn);
    expect(
      (await cloud.nhn.put("network", `/v2.0/internetgateways/${id}`, { internetgateway: { name: "b" } })).status,
    ).toBe(404);
  });

  test("are limited to three", async () => {
    for (let n = 0; n < 3; n += 1) await internetGateway(cloud.nhn);
    await expect(internetGateway(cloud.nhn)).rejects.toThrow(/OverQuota/);
  });

  test("can be deleted while they are attached, unless a floating IP requires them", async () => {
    const topology = await publicSubnet(cloud.nhn);
    const { id } = await natGateway(cloud.nhn, topology);
    const remove = async () => (await cloud.nhn.delete("network", `/v2.0/internetgateways/${topology.gateway}`)).status;
    expect(await remove()).toBe(409);
    await cloud.nhn.delete("network", `/v2.0/natgateways/${id}`);
    expect(await remove()).toBe(204);
    expect((await cloud.nhn.show("network", `/v2.0/routingtables/${topology.table}`))["gateway_id"]).toBeUndefined();
  });
});
