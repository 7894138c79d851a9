import fc from "fast-check";
import { readScope, signatureFor } from "@groundwork/local/aws/gateway/credentials";
import { signature } from "./support";

const scope = (authorization: string | undefined, query = "") =>
  readScope(authorization === undefined ? {} : { authorization }, new URLSearchParams(query));

const CREDENTIAL = "X-Amz-Credential=test%2F20260101%2Fus-west-2%2Fs3%2Faws4_request";

describe("the scope of a request", () => {
  test.each([
    ["of an SDK", signature("ec2"), ["ec2", "ap-northeast-2"]],
    ["of the gateway", signatureFor({ service: "s3", region: "us-east-1" }), ["s3", "us-east-1"]],
    ["without spaces", signature("ec2").replaceAll(", ", ","), ["ec2", "ap-northeast-2"]],
    [
      "with several signed headers",
      signature("eks").replace("=host", "=amz-sdk-invocation-id;host;x-amz-date"),
      ["eks", "ap-northeast-2"],
    ],
    [
      "of temporary credentials",
      signature("iam").replace("=test/", "=ASIARTX3GSDSRFPQSBP3/"),
      ["iam", "ap-northeast-2"],
    ],
    ["of an older S3 client", "AWS test:bWljaGFlbA+/abcd=", ["s3", "us-east-1"]],
  ])("is read from the header %s", (_name, authorization, [service, region]) => {
    expect(scope(authorization)).toEqual({ service, region });
  });

  test.each([
    ["version 4", `${CREDENTIAL}&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0`, ["s3", "us-west-2"]],
    ["version 2", "AWSAccessKeyId=test&Signature=abc&Expires=1", ["s3", "us-east-1"]],
    ["no version", "prefix=a", ["", ""]],
  ])("is read from an address that is signed with %s", (_name, query, [service, region]) => {
    expect(scope(undefined, query)).toEqual({ service, region });
  });

  const two = `Credential=test/20260101/us-east-1/lambda/aws4_request`;
  test.each([
    ["two credentials", signature("eks").replace("Credential", `${two}, Credential`)],
    ["two credentials in one part", signature("eks").replace("Credential", `${two} Credential`)],
    ["a second credential at the end", `${signature("eks")}, ${two}`],
    ["a second credential in the signed headers", signature("eks").replace("=host", `=host;${two}`)],
    ["a second credential in the access key", signature("eks").replace("=test", `=${two}`)],
    ["a scope with too many parts", signature("eks").replace("/eks", "/eks/lambda")],
    ["a scope without a service", signature("eks").replace("/eks", "/")],
    ["capitals", signature("eks").replace("/eks", "/Lambda")],
    ["an encoded slash", signature("eks").replace("/eks", "%2Flambda/eks")],
    ["another algorithm", signature("eks").replace("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256")],
    ["a second line", `${signature("eks")}\n${signature("lambda")}`],
    ["two headers as one", `${signature("eks")}, ${signature("lambda")}`],
    ["another scheme", "Basic dGVzdDp0ZXN0"],
    ["an empty text", ""],
  ])("rejects a header with %s", (_name, authorization) => {
    expect(() => scope(authorization)).toThrow(/is not one signature of version 4/);
  });

  test.each([
    ["a credential in the header too", signature("eks"), CREDENTIAL, /in its Authorization header and in its address/],
    ["a signature in the header too", signature("eks"), "x-amz-signature=0", /in its Authorization header and/],
    ["two credentials", undefined, `${CREDENTIAL}&${CREDENTIAL}`, /two credentials/],
    ["two credentials in other cases", undefined, `${CREDENTIAL}&${CREDENTIAL.toLowerCase()}`, /two credentials/],
    ["another service than S3", undefined, CREDENTIAL.replace("s3", "ec2"), /is for S3, not for ec2/],
    ["a credential that is no scope", undefined, "X-Amz-Credential=test", /is not one scope/],
  ])("rejects an address with %s", (_name, authorization, query, message) => {
    expect(() => scope(authorization, query)).toThrow(message);
  });

  /** How the emulators read the service: MiniStack takes the first credential, moto the second word of the first part. */
  const READERS: readonly ((header: string) => string | undefined)[] = [
    (header) => /Credential=[^/]+\/[^/]+\/[^/]+\/([^/]+)\//.exec(header)?.[1],
    (header) => header.split(",")[0]?.split(/\s+/)[1]?.split("/").at(-2),
    (header) => [...header.matchAll(/Credential=[^/]+\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/g)].at(-1)?.[1],
  ];

  test("is the same for the gateway and the emulators, for every header that the gateway accepts", () => {
    const parts = [
      "Credential=",
      "test/20260101/us-east-1/",
      "eks",
      "lambda",
      "/aws4_request",
      "AWS4-HMAC-SHA256",
      " ",
      ", ",
    ];
    const more = ["SignedHeaders=", "host", ";", "Signature=0", "/", "=", "\t", "%2F", "test"];
    const valid = fc.constantFrom("eks", "ec2", "s3").map((service) => signature(service));
    const mutated = fc
      .tuple(valid, fc.nat(), fc.constantFrom(...parts, ...more, two))
      .map(([header, at, text]) => header.slice(0, at % header.length) + text + header.slice(at % header.length));
    const composed = fc.array(fc.constantFrom(...parts, ...more), { maxLength: 20 }).map((texts) => texts.join(""));
    let accepted = 0;
    fc.assert(
      fc.property(fc.oneof(valid, mutated, composed), (header) => {
        let service: string;
        try {
          ({ service } = scope(header));
        } catch {
          return;
        }
        accepted += 1;
        for (const read of READERS) expect(read(header)).toBe(service);
      }),
      { numRuns: 2000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });
});
