import { emulator } from "../support";
import { pooled, settled } from "./wishes";

const cloud = emulator();

async function pool() {
  const { balancer, pool: id } = await pooled(cloud.openstack);
  const path = `/v2.0/lbaas/pools/${id}/members`;
  const wait = () => settled(cloud.openstack, balancer);
  return { id, path, wait };
}

describe("members of pools", () => {
  test("are added, changed and taken away one by one", async () => {
    const { path, wait } = await pool();
    const { id, ...made } = await cloud.openstack.make("loadBalancer", path, {
      member: { address: "10.0.0.7", protocol_port: 80 },
    });
    expect(made).toMatchObject({ weight: 1, provisioning_status: "PENDING_UPDATE" });
    await cloud.openstack.get("loadBalancer", `${path}/${id}`);
    expect((await cloud.openstack.put("loadBalancer", `${path}/${id}`, { member: { weight: 5 } })).body).toMatchObject({
      member: { weight: 5 },
    });
    await wait();
    expect(
      (await cloud.openstack.put("loadBalancer", `${path}/${id}`, { member: { address: "10.0.0.8" } })).status,
    ).toBe(400);
    expect((await cloud.openstack.delete("loadBalancer", `${path}/${id}`)).status).toBe(204);
    expect(await cloud.openstack.list("loadBalancer", path)).toEqual([]);
  });

  test("are replaced all at once, and who stays keeps the id", async () => {
    const { path, wait } = await pool();
    const member = (address: string, weight = 1) => ({ address, protocol_port: 80, weight });
    const replace = (...members: object[]) => cloud.openstack.put("loadBalancer", path, { members });
    expect((await replace(member("10.0.0.7"), member("10.0.0.8"))).status).toBe(202);
    await wait();
    const [, stays] = await cloud.openstack.list("loadBalancer", path);
    await replace(member("10.0.0.8", 9), member("10.0.0.9"));
    const after = await cloud.openstack.list("loadBalancer", path);
    expect(after).toMatchObject([{ id: stays?.id, address: "10.0.0.8", weight: 9 }, { address: "10.0.0.9" }]);
  });

  test("have addresses, of subnets that are there", async () => {
    const { path } = await pool();
    const post = async (member: object) =>
      (await cloud.openstack.post("loadBalancer", path, { member: { protocol_port: 80, ...member } })).status;
    expect([await post({ address: "node" }), await post({ address: "10.0.0.7", subnet_id: "none" })]).toEqual([
      400, 404,
    ]);
  });

  test("are not members of another pool", async () => {
    const [one, other] = [await pool(), await pool()];
    const { id } = await cloud.openstack.make("loadBalancer", one.path, {
      member: { address: "10.0.0.7", protocol_port: 80 },
    });
    expect((await cloud.openstack.get("loadBalancer", `${other.path}/${id}`)).status).toBe(404);
  });
});
