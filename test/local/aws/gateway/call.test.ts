import { readCall, targetOf } from "@groundwork/local/aws/gateway/call";
import { callTo, queryCall, signature } from "./support";

describe("a call", () => {
  test("takes service and region from the signature's scope", () => {
    expect(callTo("ec2")).toMatchObject({ service: "ec2", region: "ap-northeast-2" });
  });

  test("takes the operation of the query protocol from the form", () => {
    expect(queryCall("ec2", { Action: "DescribeVpcs" }).action).toBe("DescribeVpcs");
  });

  test("takes the operation of the JSON protocol from the target header", () => {
    expect(callTo("ssm", { headers: { "x-amz-target": "AmazonSSM.GetParameter" } }).action).toBe("GetParameter");
  });

  test("has neither service nor region without a signature", () => {
    const call = readCall({ method: "GET", url: "/", headers: {}, body: Buffer.alloc(0) });
    expect(call).toMatchObject({ service: "", region: "", action: "" });
  });

  test.each([
    ["/bucket?policy"],
    ["/bucket?prefix=a%2Fb&versions"],
    ["/bucket/a%20b"],
    ["/bucket/../a/./b"],
    ["//bucket"],
    ["/bucket/%2e%2e/a"],
  ])("is forwarded unchanged: %s", (url) => {
    expect(targetOf(callTo("s3", { method: "GET", url }))).toBe(url);
  });

  test("exchanges a token of another system for credentials without a signature", () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const exchange = callTo("", { method: "POST", headers, body: "Action=AssumeRoleWithWebIdentity" });
    expect(exchange).toMatchObject({
      service: "sts",
      headers: { authorization: signature("sts", "us-east-1").replace("20260101", "20000101") },
    });
    const others = [{ body: "Action=AssumeRole" }, { body: "Action=AssumeRoleWithSAML", url: "/a" }];
    expect(others.map((other) => callTo("", { method: "POST", headers, ...other }).service)).toEqual(["", ""]);
  });

  test.each([
    ["eks", "AWSLambda.CreateFunction"],
    ["budgets", "AmazonDynamoDB.PutItem"],
    ["s3", "AmazonSSM.GetParameter"],
    ["ssm", "TrentService.CreateKey"],
    ["ssm", "AmazonSSM.GetParameter, TrentService.CreateKey"],
    ["ssm", "AmazonSSM"],
    ["", "AWSCognitoIdentityService.GetId"],
  ])("to %j with the target %s of another service is rejected", (service, target) => {
    expect(() => callTo(service, { headers: { "x-amz-target": target } })).toThrow(/is not an operation of/);
  });
});
