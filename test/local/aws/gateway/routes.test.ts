import { emulatorFor, requireOwnPath, requireSignature, servicesOf } from "@groundwork/local/aws/gateway/routes";
import { callTo, queryCall } from "./support";

describe("the gateway's routes", () => {
  test.each([
    ["ec2", "moto"],
    ["s3", "moto"],
    ["eks", "ministack"],
    ["cloudfront", "ministack"],
    ["route53", "ministack"],
  ])("route %s to %s", (service, emulator) => {
    expect(emulatorFor(callTo(service))).toBe(emulator);
  });

  test("route placement groups to another emulator than the rest of EC2", () => {
    expect(emulatorFor(queryCall("ec2", { Action: "CreatePlacementGroup" }))).toBe("ministack");
  });

  test("route tags of Auto Scaling groups, which include those of node groups, to the emulator of the groups", () => {
    const tags = { Action: "CreateOrUpdateTags", "Tags.member.1.ResourceId": "eks-general-1" };
    expect(emulatorFor(queryCall("autoscaling", tags))).toBe("moto");
  });

  test("have no emulator for an unknown service", () => {
    expect(emulatorFor(callTo("quantum"))).toBeUndefined();
  });

  test.each([
    ["eks", "/_ministack/reset"],
    ["eks", "/2015-03-31/functions"],
    ["eks", "/clusters%2f..%2f_ministack/config"],
    ["cloudfront", "/"],
    ["route53", "/2020-05-31/distribution"],
    ["backup", "/iceberg/v1/config"],
    ["budgets", "//"],
    ["budgets", "/_ministack/lambda-code/a"],
  ])("reject the path of another service: %s %s", (service, url) => {
    expect(() => requireOwnPath(callTo(service, { url }))).toThrow(`${service} has no ${url}`);
  });

  test("reject paths of EC2 calls that MiniStack serves", () => {
    const call = queryCall("ec2", { Action: "CreatePlacementGroup" });
    expect(() => requireOwnPath({ ...call, path: "/_ministack/reset" })).toThrow(/ec2 has no/);
    expect(() => requireOwnPath(call)).not.toThrow();
  });

  test.each([
    ["eks", "/clusters/a/node-groups"],
    ["cloudfront", "/2020-05-31/function/a"],
    ["route53", "/2013-04-01/hostedzone"],
    ["backup", "/backup/plans/a"],
    ["budgets", "/"],
    ["s3", "/any/path"],
    ["unknown", "/any/path"],
  ])("accept the paths of a service: %s %s", (service, url) => {
    expect(() => requireOwnPath(callTo(service, { url }))).not.toThrow();
  });

  test("start each emulator with the services that are routed to it", () => {
    expect(servicesOf("ministack")).toEqual(["eks", "cloudfront", "route53", "backup", "budgets", "ec2"]);
    expect(servicesOf("moto")).toEqual(expect.arrayContaining(["ec2", "s3", "iam"]));
    for (const code of ["lambda", "ecs", "batch", "codebuild", "glue", "states"])
      expect([...servicesOf("ministack"), ...servicesOf("moto")]).not.toContain(code);
  });

  test.each(["constructor", "__proto__", "toString"])("have no emulator for %s", (service) => {
    expect(emulatorFor({ ...callTo("ec2"), service })).toBeUndefined();
  });

  test.each(["PUT", "DELETE", "POST", "PATCH", "OPTIONS"])("reject %s without a signature", (method) => {
    expect(() => requireSignature(callTo("", { method, url: "/bucket/key" }))).toThrow(
      /without a signature is rejected/,
    );
    expect(() => requireSignature(callTo("s3", { method, url: "/bucket/key" }))).not.toThrow();
  });

  test("accept reads of S3 without a signature, and uploads with a signed form", () => {
    const headers = { "content-type": "multipart/form-data; boundary=a" };
    for (const call of [
      callTo("", { method: "HEAD" }),
      callTo("", { method: "GET" }),
      callTo("", { method: "POST", headers }),
    ])
      expect(() => requireSignature(call)).not.toThrow();
  });
});
