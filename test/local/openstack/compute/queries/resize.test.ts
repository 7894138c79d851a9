import { emulator, type NhnClient, type StandardClient } from "../../support";
import { network, publicSubnet, runningMachine } from "../../fixtures";

const cloud = emulator();

async function resized(client: NhnClient | StandardClient, networkId: string, flavor: string) {
  const id = await runningMachine(client, [{ uuid: networkId }]);
  const flavorRef = (await client.list("compute", "/flavors")).find(({ name }) => name === flavor)?.id;
  const performAction = async (body: object) => (await client.post("compute", `/servers/${id}/action`, body)).status;
  const status = async () => (await client.show("compute", `/servers/${id}`))["status"];
  return { id, flavorRef, performAction, status };
}

describe("resizing a machine", () => {
  test("takes a poll and must be confirmed", async () => {
    const { network: networkId } = await network(cloud.openstack);
    const { id, flavorRef, performAction, status } = await resized(cloud.openstack, networkId, "m1.c4m8");
    expect(await performAction({ confirmResize: null })).toBe(409);
    expect(await performAction({ resize: { flavorRef } })).toBe(202);
    expect([await status(), await status()]).toEqual(["RESIZE", "VERIFY_RESIZE"]);
    expect(await performAction({ "os-stop": null })).toBe(409);
    expect(await performAction({ confirmResize: null })).toBe(202);
    expect(await cloud.openstack.show("compute", `/servers/${id}`)).toMatchObject({
      status: "ACTIVE",
      flavor: { id: flavorRef },
    });
  });

  test("needs no confirmation on NHN Cloud, which has none", async () => {
    const { vpc } = await publicSubnet(cloud.nhn);
    const { flavorRef, performAction, status } = await resized(cloud.nhn, vpc, "r2.c4m16");
    await performAction({ resize: { flavorRef } });
    expect([await status(), await status()]).toEqual(["RESIZE", "ACTIVE"]);
    expect(await performAction({ confirmResize: null })).toBe(400);
  });

  test("keeps a stopped machine stopped", async () => {
    const { network: networkId } = await network(cloud.openstack);
    const { flavorRef, performAction, status } = await resized(cloud.openstack, networkId, "m1.c4m8");
    await performAction({ "os-stop": null });
    await performAction({ resize: { flavorRef } });
    await status();
    await performAction({ confirmResize: null });
    expect(await status()).toBe("SHUTOFF");
  });

  test("requires another flavor, which exists", async () => {
    const { network: networkId } = await network(cloud.openstack);
    const { flavorRef, performAction } = await resized(cloud.openstack, networkId, "m1.c2m8");
    expect(await performAction({ resize: { flavorRef } })).toBe(409);
    expect(await performAction({ resize: { flavorRef: "none" } })).toBe(404);
  });
});
