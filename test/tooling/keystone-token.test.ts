import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { credentialsFrom, issueToken } from "@groundwork/tooling/keystone-token";

const ENVIRONMENT = { OS_TENANT_ID: "tenant-1", OS_USERNAME: "ops@example.com", OS_PASSWORD: "planted-password" };

let server: Server;
let reply: { status: number; body: string };
let received: { url: string | undefined; body: string };

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      received = { url: request.url, body };
      response.writeHead(reply.status, { "Content-Type": "application/json" }).end(reply.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterAll(() => {
  server.close();
});

function credentials() {
  const { port } = server.address() as AddressInfo;
  return credentialsFrom({ ...ENVIRONMENT, OS_AUTH_URL: `http://127.0.0.1:${port}/v2.0/` });
}

describe("credentials of NHN Cloud", () => {
  test("use the identity service of NHN Cloud by default", () => {
    expect(credentialsFrom(ENVIRONMENT).authUrl).toBe("https://api-identity-infrastructure.nhncloudservice.com/v2.0");
  });

  test("accept the newer name of the project id", () => {
    expect(credentialsFrom({ ...ENVIRONMENT, OS_TENANT_ID: undefined, OS_PROJECT_ID: "p" }).tenantId).toBe("p");
  });

  test("rejects an environment without them, listing all missing variables", () => {
    expect(() => credentialsFrom({ OS_USERNAME: "ops" })).toThrow(/OS_TENANT_ID, OS_PASSWORD/);
  });

  test("rejects a URL that would transmit the password unencrypted", () => {
    expect(() => credentialsFrom({ ...ENVIRONMENT, OS_AUTH_URL: "http://identity.example.com/v2.0" })).toThrow(/https/);
  });

  test("rejects the URL of another cloud, which may be left in the environment", () => {
    const elsewhere = { ...ENVIRONMENT, OS_AUTH_URL: "https://identity.example.com/v3" };
    expect(() => credentialsFrom(elsewhere)).toThrow(/not a host of NHN Cloud; unset it/);
  });
});

describe("a token of NHN Cloud", () => {
  test("is requested in the format of the identity service", async () => {
    reply = {
      status: 200,
      body: JSON.stringify({ access: { token: { id: "t-1", expires: "2026-11-25T00:00:00Z" } } }),
    };
    expect(await issueToken(credentials())).toEqual({ id: "t-1", expires: "2026-11-25T00:00:00Z" });
    expect(received.url).toBe("/v2.0/tokens");
    expect(JSON.parse(received.body)).toEqual({
      auth: {
        tenantId: "tenant-1",
        passwordCredentials: { username: "ops@example.com", password: "planted-password" },
      },
    });
  });

  test("fails without repeating the password, even if the response contains it", async () => {
    reply = { status: 401, body: JSON.stringify({ error: { message: "no planted-password" } }) };
    const error = await issueToken(credentials()).catch(String);
    expect(error).toMatch(/HTTP 401/);
    expect(error).not.toContain("planted-password");
  });

  test.each(["{}", "null", '{"access":{"token":{"id":""}}}'])(
    "fails if the response %s contains none",
    async (body) => {
      reply = { status: 200, body };
      await expect(issueToken(credentials())).rejects.toThrow(/contains no token/);
    },
  );
});
