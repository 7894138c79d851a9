import { CREDENTIALS, NHN } from "@groundwork/local/openstack/account";
import { request, emulator, nhnLogin } from "../support";

const cloud = emulator();
const tokens = (body: unknown) => request("POST", `${cloud.origin}${NHN.identity}/tokens`, body);

describe("NHN Cloud's identity", () => {
  test("returns a token and the documented catalog, with the address of the request", async () => {
    const { status, body } = await tokens(nhnLogin());
    expect(status).toBe(200);
    expect(body).toMatchObject({
      access: {
        token: { id: expect.stringMatching(/^[0-9a-f]{32}$/), tenant: { id: CREDENTIALS.tenantId } },
        metadata: { is_admin: 0 },
      },
    });
    const { serviceCatalog } = (body as { access: { serviceCatalog: { type: string; endpoints: unknown[] }[] } })
      .access;
    expect(serviceCatalog.map(({ type }) => type)).toEqual(["compute", "network", "image", "volumev2", "identity"]);
    expect(serviceCatalog[1]?.endpoints).toEqual([{ region: "KR1", publicURL: `${cloud.origin}/nhn/network` }]);
  });

  test("rejects a wrong password", async () => {
    expect(await tokens(nhnLogin("wrong"))).toMatchObject({ status: 401, body: { error: { code: 401 } } });
  });

  test("rejects a request without a project", async () => {
    expect(
      (await tokens({ auth: { passwordCredentials: { username: "tester", password: "local-only" } } })).status,
    ).toBe(400);
  });

  test("has no v3", async () => {
    expect((await request("POST", `${cloud.origin}/nhn/identity/v3/auth/tokens`, {})).status).toBe(404);
  });
});
