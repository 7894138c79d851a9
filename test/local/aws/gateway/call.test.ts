import { readCall, targetOf } from "@groundwork/local/aws/gateway/call";
import { callTo, queryCall } from "./support";

describe("a call", () => {
  test("names service and region by the signature's scope", () => {
    expect(callTo("ec2")).toMatchObject({ service: "ec2", region: "ap-northeast-2" });
  });

  test("names the operation of the query protocol by its form", () => {
    expect(queryCall("ec2", { Action: "DescribeVpcs" }).action).toBe("DescribeVpcs");
  });

  test("names the operation of the JSON protocol by its target", () => {
    expect(callTo("ssm", { headers: { "x-amz-target": "AmazonSSM.GetParameter" } }).action).toBe("GetParameter");
  });

  test("has neither service nor region when nobody signed it", () => {
    const call = readCall({ method: "GET", url: "/", headers: {}, body: Buffer.alloc(0) });
    expect(call).toMatchObject({ service: "", region: "", action: "" });
  });

  test.each([["/bucket?policy"], ["/bucket?prefix=a%2Fb&versions"], ["/bucket/a%20b"]])(
    "is sent on as it came: %s",
    (url) => {
      expect(targetOf(callTo("s3", { method: "GET", url }))).toBe(url);
    },
  );
});
