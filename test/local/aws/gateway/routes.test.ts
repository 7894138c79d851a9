import { emulatorFor } from "@groundwork/local/aws/gateway/routes";
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

  test("route tags of a node group's Auto Scaling group to the emulator of node groups", () => {
    const tags = { Action: "CreateOrUpdateTags", "Tags.member.1.ResourceId": "eks-general-1" };
    expect(emulatorFor(queryCall("autoscaling", tags))).toBe("ministack");
    expect(emulatorFor(queryCall("autoscaling", { ...tags, "Tags.member.1.ResourceId": "runners" }))).toBe("moto");
  });

  test("have no emulator for an unknown service", () => {
    expect(emulatorFor(callTo("quantum"))).toBeUndefined();
  });
});
