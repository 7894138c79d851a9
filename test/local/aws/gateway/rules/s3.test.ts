import type { Answer, Call, Forward } from "@groundwork/local/aws/gateway/call";
import { readCall } from "@groundwork/local/aws/gateway/call";
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

describe("a bucket's policy", () => {
  const put = (statements: readonly object[]) =>
    callTo("s3", {
      method: "PUT",
      url: "/site?policy",
      body: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
    });

  test("reaches moto without what moto cannot judge, and comes back whole", async () => {
    const rule = bucketPolicy();
    const { forward, asked } = emulator("", 204);
    const call = put([TLS_ONLY, PUBLIC]);
    await rule.answer(call, forward);
    expect(JSON.parse(asked[0]?.body.toString() ?? "")).toEqual({ Version: "2012-10-17", Statement: [PUBLIC] });
    const read = await rule.answer(callTo("s3", { method: "GET", url: "/site?policy" }), forward);
    expect(textOf(read)).toBe(call.body.toString());
  });

  test("is no policy for moto when nothing of it can be judged", async () => {
    const { forward, asked } = emulator("", 204);
    await bucketPolicy().answer(put([TLS_ONLY]), forward);
    expect(asked.map(({ method }) => method)).toEqual(["DELETE"]);
  });

  test("is forgotten with its bucket", async () => {
    const rule = bucketPolicy();
    const { forward, asked } = emulator("", 204);
    await rule.answer(put([PUBLIC]), forward);
    await rule.answer(callTo("s3", { method: "DELETE", url: "/site" }), forward);
    await rule.answer(callTo("s3", { method: "GET", url: "/site?policy" }), forward);
    expect(asked.at(-1)).toMatchObject({ method: "GET", path: "/site" });
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

  test("is what its settings say", async () => {
    const forward = bucket({ "/site/index.html": "hello" });
    expect(textOf(await website.answer(visit("/"), forward))).toBe("hello");
  });

  test("answers 404 with the error document for what is missing", async () => {
    const answer = await website.answer(visit("/nothing"), bucket({ "/site/sorry.html": "sorry" }));
    expect([answer.status, textOf(answer)]).toEqual([404, "sorry"]);
  });

  test("is closed while the policy does not open it", async () => {
    const answer = await website.answer(visit("/"), bucket({ "/site/index.html": "hello" }, { policy: [] }));
    expect(answer.status).toBe(403);
  });

  test("is closed while the access block overrules the policy", async () => {
    const answer = await website.answer(visit("/"), bucket({ "/site/index.html": "hello" }, { restricted: true }));
    expect(answer.status).toBe(403);
  });

  test("is not for signed calls", () => {
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
    const answer: Answer = { status: text === undefined ? 404 : 200, headers: {}, body: Buffer.from(text ?? "") };
    return Promise.resolve(answer);
  };
}
