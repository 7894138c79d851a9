import { type Call, type Forward, type GatewayResponse, readCall } from "@groundwork/local/aws/gateway/call";
import { bucketPolicy } from "@groundwork/local/aws/gateway/rules/bucket-policy";
import { website } from "@groundwork/local/aws/gateway/rules/website";
import { callTo, emulator, textOf } from "../support";

const TLS_ONLY = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: "*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const PUBLIC = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::site/*" };

describe("a bucket policy", () => {
  const put = (statements: readonly object[]) =>
    callTo("s3", {
      method: "PUT",
      url: "/site?policy",
      body: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
    });

  test("is forwarded to moto without conditions, and returned unchanged", async () => {
    const rule = bucketPolicy();
    const { forward, calls } = emulator("", 204);
    const call = put([TLS_ONLY, PUBLIC]);
    await rule.handle(call, forward);
    expect(JSON.parse(calls[0]?.body.toString() ?? "")).toEqual({ Version: "2012-10-17", Statement: [PUBLIC] });
    const read = await rule.handle(callTo("s3", { method: "GET", url: "/site?policy" }), forward);
    expect(textOf(read)).toBe(call.body.toString());
  });

  test("is deleted in moto if all statements are conditional denials", async () => {
    const { forward, calls } = emulator("", 204);
    await bucketPolicy().handle(put([TLS_ONLY]), forward);
    expect(calls.map(({ method }) => method)).toEqual(["DELETE"]);
  });

  test("is deleted with its bucket", async () => {
    const rule = bucketPolicy();
    const { forward, calls } = emulator("", 204);
    await rule.handle(put([PUBLIC]), forward);
    await rule.handle(callTo("s3", { method: "DELETE", url: "/site" }), forward);
    await rule.handle(callTo("s3", { method: "GET", url: "/site?policy" }), forward);
    expect(calls.at(-1)).toMatchObject({ method: "GET", path: "/site" });
  });
});

describe("a bucket's website", () => {
  const visit = (path: string): Call =>
    readCall({
      method: "GET",
      url: path,
      headers: { host: "site.s3-website-us-west-2.amazonaws.com" },
      body: Buffer.alloc(0),
    });

  test("serves the index document of its settings", async () => {
    const forward = bucket({ "/site/index.html": "hello" });
    expect(textOf(await website.handle(visit("/"), forward))).toBe("hello");
  });

  test("returns 404 with the error document for a missing object", async () => {
    const response = await website.handle(visit("/nothing"), bucket({ "/site/sorry.html": "sorry" }));
    expect([response.status, textOf(response)]).toEqual([404, "sorry"]);
  });

  test("returns 403 without a public policy", async () => {
    const response = await website.handle(visit("/"), bucket({ "/site/index.html": "hello" }, { policy: [] }));
    expect(response.status).toBe(403);
  });

  test("returns 403 if the access block restricts the policy", async () => {
    const response = await website.handle(visit("/"), bucket({ "/site/index.html": "hello" }, { restricted: true }));
    expect(response.status).toBe(403);
  });

  test("does not apply to signed calls", () => {
    expect(website.applies(callTo("s3", { headers: { host: "site.s3-website-us-west-2.amazonaws.com" } }))).toBe(false);
  });
});

/** A bucket with website settings, a policy, an access block and objects. */
function bucket(
  objects: Readonly<Record<string, string>>,
  { policy = [PUBLIC] as readonly object[], restricted = false } = {},
): Forward {
  const settings: Readonly<Record<string, string>> = {
    website:
      "<IndexDocument><Suffix>index.html</Suffix></IndexDocument><ErrorDocument><Key>sorry.html</Key></ErrorDocument>",
    policy: JSON.stringify({ Statement: policy }),
    publicAccessBlock: `<RestrictPublicBuckets>${restricted}</RestrictPublicBuckets>`,
  };
  return (call) => {
    const setting = [...call.query.keys()][0];
    const text = setting === undefined ? objects[call.path] : settings[setting];
    const response: GatewayResponse = {
      status: text === undefined ? 404 : 200,
      headers: {},
      body: Buffer.from(text ?? ""),
    };
    return Promise.resolve(response);
  };
}
