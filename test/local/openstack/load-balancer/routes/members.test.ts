import { emulator } from "../../support";
import { nhnBalancerWithPool, nhnPollStatus, balancerWithPool, pollStatus } from "../fixtures";

const cloud = emulator();

async function pool() {
  const { balancer, pool: id } = await balancerWithPool(cloud.openstack);
  const path = `/v2.0/lbaas/pools/${id}/members`;
  const wait = () => pollStatus(cloud.openstack, balancer);
  return { id, path, wait };
}

describe("pool members", () => {
  test("are added, updated and deleted one by one", async () => {
    const { path, wait } = await pool();
    const { id, ...created } = await cloud.openstack.create("loadBalancer", path, {
      member: { address: "10.0.0.7", protocol_port: 80 },
    });
    expect(created).toMatchObject({ weight: 1, provisioning_status: "PENDING_UPDATE" });
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

  test("are replaced all at once; a member that remains keeps its id", async () => {
    const { path, wait } = await pool();
    const member = (address: string, weight = 1) => ({ address, protocol_port: 80, weight });
    const replace = (...members: object[]) => cloud.openstack.put("loadBalancer", path, { members });
    expect((await replace(member("10.0.0.7"), member("10.0.0.8"))).status).toBe(202);
    await wait();
    const [, remaining] = await cloud.openstack.list("loadBalancer", path);
    await replace(member("10.0.0.8", 9), member("10.0.0.9"));
    const after = await cloud.openstack.list("loadBalancer", path);
    expect(after).toMatchObject([{ id: remaining?.id, address: "10.0.0.8", weight: 9 }, { address: "10.0.0.9" }]);
  });

  test("are unique in a pool", async () => {
    const { path, wait } = await pool();
    const post = async (protocol_port: number) =>
      (await cloud.openstack.post("loadBalancer", path, { member: { address: "10.0.0.7", protocol_port } })).status;
    expect([await post(80), await wait(), await post(80), await post(81)]).toEqual([201, "PENDING_UPDATE", 409, 201]);
  });

  test("have valid addresses and existing subnets", async () => {
    const { path } = await pool();
    const post = async (member: object) =>
      (await cloud.openstack.post("loadBalancer", path, { member: { protocol_port: 80, ...member } })).status;
    expect([await post({ address: "node" }), await post({ address: "10.0.0.7", subnet_id: "none" })]).toEqual([
      400, 400,
    ]);
  });

  test("are not found in another pool", async () => {
    const [first, other] = [await pool(), await pool()];
    const { id } = await cloud.openstack.create("loadBalancer", first.path, {
      member: { address: "10.0.0.7", protocol_port: 80 },
    });
    expect((await cloud.openstack.get("loadBalancer", `${other.path}/${id}`)).status).toBe(404);
  });

  test("of NHN Cloud require a subnet, have no names, and cannot be replaced all at once", async () => {
    const { balancer, members, subnet: subnet_id } = await nhnBalancerWithPool(cloud.nhn);
    const member = { address: "172.31.16.10", protocol_port: 6443, subnet_id };
    const post = async (more: object) =>
      (await cloud.nhn.post("network", members, { member: { ...member, ...more } })).status;
    expect([
      await post({ subnet_id: undefined }),
      await post({ name: "control-plane-1" }),
      await post({ address: "172.31.0.10" }),
      await post({ monitor_port: 80 }),
    ]).toEqual([400, 400, 400, 400]);
    expect(await cloud.nhn.put("network", members, { members: [member] })).toMatchObject({
      status: 404,
      body: { NeutronError: { type: "HTTPNotFound" } },
    });
    const { id, ...created } = await cloud.nhn.create("network", members, {
      member: { ...member, admin_state_up: true },
    });
    expect(created).toMatchObject({ weight: 1, subnet_id });
    expect(created).not.toHaveProperty("provisioning_status");
    const put = async (member: object) => (await cloud.nhn.put("network", `${members}/${id}`, { member })).status;
    expect([
      await post({ address: "172.31.16.11" }),
      await nhnPollStatus(cloud.nhn, balancer),
      await put({ address: "172.31.16.12" }),
      await put({ weight: 5 }),
      await nhnPollStatus(cloud.nhn, balancer),
    ]).toEqual([409, "PENDING_UPDATE", 400, 200, "PENDING_UPDATE"]);
    expect((await cloud.nhn.delete("network", `${members}/${id}`)).status).toBe(204);
  });
});
