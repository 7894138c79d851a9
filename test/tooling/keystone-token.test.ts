import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { credentialsFrom, issueToken } from "@groundwork/tooling/keystone-token";

const ENVIRONMENT = { OS_TENANT_ID: "tenant-1", OS_USERNAME: "ops@example.com", OS_PASSWORD: "planted-password" };

let server: Server;
let answer: { status: number; body: string };
let received: { url: string | undefined; body: string };

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      received = { url: request.url, body };
      response.writeHead(answer.status, { "Content-Type": "application/json" }).end(answer.body);
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
  test("ask NHN's own identity service where the environment names none", () => {
    expect(credentialsFrom(ENVIRONMENT).authUrl).toBe("https://api-identity-infrastructure.nhncloudservice.com/v2.0");
  });

  test("take the project's id under its newer name, too", () => {
    expect(credentialsFrom({ ...ENVIRONMENT, OS_TENANT_ID: undefined, OS_PROJECT_ID: "p" }).tenantId).toBe("p");
  });

  test("rejects an environment without them, naming all that is missing", () => {
    expect(() => credentialsFrom({ OS_USERNAME: "ops" })).toThrow(/OS_TENANT_ID, OS_PASSWORD/);
  });

  test("rejects an address that would carry the password unencrypted", () => {
    expect(() => credentialsFrom({ ...ENVIRONMENT, OS_AUTH_URL: "http://identity.example.com/v2.0" })).toThrow(/https/);
  });

  test("rejects the address of another cloud, which a shell may still have", () => {
    const elsewhere = { ...ENVIRONMENT, OS_AUTH_URL: "https://identity.example.com/v3" };
    expect(() => credentialsFrom(elsewhere)).toThrow(/not of NHN Cloud; unset it/);
  });
});

describe("a token of NHN Cloud", () => {
  test("is asked for as the identity service wants it", async () => {
    answer = {
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

  test("fails without repeating the password, though the answer does", async () => {
    answer = { status: 401, body: JSON.stringify({ error: { message: "no planted-password" } }) };
    const error = await issueToken(credentials()).catch(String);
    expect(error).toMatch(/HTTP 401/);
    expect(error).not.toContain("planted-password");
  });

  test.each(["{}", "null", '{"access":{"token":{"id":""}}}'])("fails where the answer %s has none", async (body) => {
    answer = { status: 200, body };
    await expect(issueToken(credentials())).rejects.toThrow(/without a token/);
  });
});
