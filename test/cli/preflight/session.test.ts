import { connectionOf, isV2, v3Credentials } from "@groundwork/cli/preflight/openstack/credentials";
import { ApiFailure, OpenStackSession } from "@groundwork/cli/preflight/openstack/session";

const OPENRC = {
  OS_AUTH_URL: "https://identity.example.com/v3",
  OS_USERNAME: "ada",
  OS_PASSWORD: "p",
  OS_PROJECT_NAME: "lab",
};

const services = [
  { type: "compute", region: "RegionOne", url: "https://nova/v2.1" },
  { type: "compute", region: "RegionTwo", url: "https://nova-two/v2.1" },
  { type: "network", region: "RegionOne", url: "https://neutron/" },
  { type: "image", region: "RegionOne", url: "https://glance/v2/" },
  { type: "volumev3", region: "RegionOne", url: "https://cinder/v3/p" },
];
const token = { id: "t", projectId: "p", roles: ["member"], services };

/** A session whose requests get these bodies by URL. */
function session(bodies: Readonly<Record<string, object>>, region?: string): OpenStackSession {
  const respond = (url: unknown) => {
    const body = bodies[String(url)];
    return Promise.resolve(new Response(JSON.stringify(body ?? {}), { status: body === undefined ? 403 : 200 }));
  };
  return new OpenStackSession(token, region, respond);
}

describe("a session of OpenStack", () => {
  test.each([
    ["compute", "/limits", "https://nova/v2.1/limits"],
    ["network", "/ports", "https://neutron/v2.0/ports"],
    ["image", "/images", "https://glance/v2/images"],
    ["volume", "/limits", "https://cinder/v3/p/limits"],
  ] as const)("finds %s in the catalog", async (service, path, url) => {
    expect(await session({ [url]: { ok: 1 } }, "RegionOne").get(service, path)).toEqual({ ok: 1 });
  });

  test("uses the services of its region", async () => {
    const cloud = session({ "https://nova-two/v2.1/limits": { ok: 2 } }, "RegionTwo");
    expect(await cloud.get("compute", "/limits")).toEqual({ ok: 2 });
    await expect(cloud.get("network", "/ports")).rejects.toThrow("the catalog has no service network in RegionTwo");
  });

  test("reads all pages of Glance and of Nova", async () => {
    const cloud = session(
      {
        "https://glance/v2/images": { images: [1, 2], next: "/v2/images?marker=2" },
        "https://glance/v2/images?marker=2": { images: [3] },
        "https://nova/v2.1/servers": {
          servers: [4],
          servers_links: [{ rel: "next", href: "https://nova/v2.1/servers?marker=4" }],
        },
        "https://nova/v2.1/servers?marker=4": { servers: [5] },
      },
      "RegionOne",
    );
    expect(await cloud.list("image", "/images", "images")).toEqual([1, 2, 3]);
    expect(await cloud.list("compute", "/servers", "servers")).toEqual([4, 5]);
  });

  test("reports a missing permission", async () => {
    const failure = await session({}, "RegionOne")
      .get("compute", "/limits")
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApiFailure);
    expect(failure).toMatchObject({ isDenied: true, message: "GET /v2.1/limits: HTTP 403" });
  });
});

describe("the connection to OpenStack", () => {
  test("is that of the provider, then of the environment", () => {
    const provider = { auth_url: "https://other/v3", region: "R" };
    expect(connectionOf(provider, OPENRC)).toMatchObject({
      authUrl: "https://other/v3",
      region: "R",
      userName: "ada",
      projectName: "lab",
      projectId: undefined,
    });
  });

  test.each([
    ["https://identity.example.com/v3", false],
    ["https://api-identity-infrastructure.nhncloudservice.com/v2.0", true],
    ["http://127.0.0.1:1/nhn/identity/v2.0/", true],
  ])("has version 2 of Keystone at %s: %s", (authUrl, expected) => {
    expect(isV2({ authUrl })).toBe(expected);
  });

  test("has the domain default unless another one is given", () => {
    const of = (env: object) => v3Credentials(connectionOf({}, { ...OPENRC, ...env }));
    expect(of({})).toMatchObject({ userDomain: { id: "default" }, projectDomain: { id: "default" } });
    expect(of({ OS_USER_DOMAIN_NAME: "users", OS_PROJECT_DOMAIN_ID: "d" })).toMatchObject({
      userDomain: { name: "users" },
      projectDomain: { id: "d" },
    });
    expect(of({ OS_DOMAIN_NAME: "both" })).toMatchObject({
      userDomain: { name: "both" },
      projectDomain: { name: "both" },
    });
  });

  test("can be that of an application credential", () => {
    const env = {
      OS_AUTH_URL: "https://k/v3",
      OS_APPLICATION_CREDENTIAL_ID: "a",
      OS_APPLICATION_CREDENTIAL_SECRET: "s",
    };
    expect(v3Credentials(connectionOf({}, env))).toMatchObject({ type: "application-credential", id: "a" });
  });

  test.each([
    [{ ...OPENRC, OS_AUTH_URL: undefined }, /no OS_AUTH_URL in the environment; run the openrc file/],
    [{ ...OPENRC, OS_USERNAME: undefined, OS_PASSWORD: "" }, /no OS_USERNAME, OS_PASSWORD in the environment/],
    [{ ...OPENRC, OS_PROJECT_NAME: undefined }, /no OS_PROJECT_NAME/],
    [{ OS_AUTH_URL: "https://k/v3", OS_APPLICATION_CREDENTIAL_ID: "a" }, /no OS_APPLICATION_CREDENTIAL_SECRET/],
  ])("fails when variables are missing", (env, message) => {
    expect(() => v3Credentials(connectionOf({}, env))).toThrow(message);
  });
});
