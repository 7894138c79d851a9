import { CREDENTIALS, STANDARD, USER_ID } from "@groundwork/local/openstack/account";
import { request, emulator, standardLogin } from "../support";

const cloud = emulator();
const tokens = (body: unknown) => request("POST", `${cloud.origin}${STANDARD.identity}/auth/tokens`, body);

describe("identity of standard OpenStack", () => {
  test("returns its version without a token", async () => {
    expect((await request("GET", cloud.origin + STANDARD.identity)).body).toMatchObject({
      version: { status: "stable" },
    });
  });

  test("returns a token in a header, and a catalog of all services", async () => {
    const { status, headers, body } = await tokens(standardLogin());
    expect(status).toBe(201);
    expect(headers.get("x-subject-token")).toMatch(/^[0-9a-f]{32}$/);
    const { catalog } = (body as { token: { catalog: { type: string; endpoints: object[] }[] } }).token;
    expect(catalog.map(({ type }) => type)).toEqual([
      "identity",
      "compute",
      "network",
      "image",
      "volumev3",
      "load-balancer",
    ]);
    expect(catalog[2]?.endpoints[0]).toMatchObject({
      interface: "public",
      region: "RegionOne",
      url: `${cloud.origin}/openstack/network`,
    });
  });

  test("accepts a user by id and a project by name", async () => {
    const user = { id: USER_ID, password: CREDENTIALS.password };
    const identity = { methods: ["password"], password: { user } };
    const scope = { project: { name: "local", domain: { id: "default" } } };
    expect((await tokens({ auth: { identity, scope } })).status).toBe(201);
  });

  test("rejects a wrong password, and a user without a domain", async () => {
    expect((await tokens(standardLogin("wrong"))).status).toBe(401);
    const identity = { methods: ["password"], password: { user: { name: "tester", password: "local-only" } } };
    expect((await tokens({ auth: { identity, scope: { project: { id: CREDENTIALS.tenantId } } } })).status).toBe(400);
  });
});
