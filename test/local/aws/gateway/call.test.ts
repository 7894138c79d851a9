import { readCall, targetOf } from "@groundwork/local/aws/gateway/call";
import { callTo, queryCall } from "./support";

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

  test.each([["/bucket?policy"], ["/bucket?prefix=a%2Fb&versions"], ["/bucket/a%20b"]])(
    "is forwarded unchanged: %s",
    (url) => {
      expect(targetOf(callTo("s3", { method: "GET", url }))).toBe(url);
    },
  );
});
