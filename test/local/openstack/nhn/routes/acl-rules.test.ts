import { emulator } from "../../support";

const cloud = emulator();
const acl = async () => (await cloud.nhn.create("network", "/v2.0/acls", { acl: { name: "lab" } })).id;
const requestBody = (acl_id: string, more = {}) => ({
  acl_rule: { acl_id, src_ip: "0.0.0.0/0", dst_ip: "172.31.0.0/20", policy: "allow", order: 200, ...more },
});
const post = async (acl_id: string, more = {}) =>
  cloud.nhn.post("network", "/v2.0/acl_rules", requestBody(acl_id, more));

describe("rules of network ACLs", () => {
  test("initially allow everything with the lowest order and deny everything with the highest", async () => {
    await acl();
    const rules = await cloud.nhn.list("network", "/v2.0/acl_rules?sort_key=order");
    expect(rules.map(({ order, policy, src_ip }) => [order, policy, src_ip])).toEqual([
      [101, "allow", "0.0.0.0/0"],
      [32765, "deny", "0.0.0.0/0"],
    ]);
  });

  test("can be deleted, except the last default rule", async () => {
    await acl();
    const [first, last] = await cloud.nhn.list("network", "/v2.0/acl_rules?sort_key=order");
    expect((await cloud.nhn.delete("network", `/v2.0/acl_rules/${first?.id ?? ""}`)).status).toBe(204);
    expect((await cloud.nhn.delete("network", `/v2.0/acl_rules/${last?.id ?? ""}`)).status).toBe(409);
  });

  test("return null for fields that were not set", async () => {
    expect((await post(await acl())).body).toMatchObject({
      acl_rule: { protocol: null, src_port_range_min: null, ethertype: "IPv4" },
    });
  });

  test("have unique orders from 102 to 32764", async () => {
    const id = await acl();
    const statuses = [];
    for (const order of [101, 102, 102, 32764, 32765]) statuses.push((await post(id, { order })).status);
    expect(statuses).toEqual([400, 201, 409, 201, 400]);
    expect((await post(await acl(), { order: 102 })).status).toBe(201);
  });

  test.each([
    ["an invalid address", { src_ip: "everywhere" }],
    ["ports without a protocol", { dst_port_range_min: 22, dst_port_range_max: 22 }],
    ["ports of ICMP", { protocol: "icmp", dst_port_range_min: 22, dst_port_range_max: 22 }],
    ["half of a range of ports", { protocol: "tcp", dst_port_range_min: 22 }],
    ["a range from the higher to the lower port", { protocol: "tcp", src_port_range_min: 80, src_port_range_max: 22 }],
    ["an unknown policy", { policy: "reject" }],
  ])("reject %s", async (_case, more) => {
    expect((await post(await acl(), more)).status).toBe(400);
  });

  test("update their description only", async () => {
    const { id } = await cloud.nhn.create("network", "/v2.0/acl_rules", requestBody(await acl()));
    const change = (acl_rule: object) => cloud.nhn.put("network", `/v2.0/acl_rules/${id}`, { acl_rule });
    expect((await change({ description: "ssh" })).body).toMatchObject({ acl_rule: { description: "ssh" } });
    expect((await change({ description: "ssh", order: 300 })).status).toBe(400);
    expect((await change({})).status).toBe(400);
  });

  test("cannot be filtered by ACL, which is not documented", async () => {
    expect((await cloud.nhn.get("network", `/v2.0/acl_rules?acl_id=${await acl()}`)).status).toBe(400);
  });

  test("are limited to a hundred, default rules not counted", async () => {
    const id = await acl();
    for (let order = 102; order < 202; order += 1)
      await cloud.nhn.create("network", "/v2.0/acl_rules", requestBody(id, { order }));
    expect((await post(id, { order: 300 })).status).toBe(409);
  });
});
