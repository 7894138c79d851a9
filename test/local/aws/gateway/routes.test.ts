import { emulatorFor } from "@groundwork/local/aws/gateway/routes";
import { callTo, queryCall } from "./support";

describe("the gateway's routes", () => {
  test.each([
    ["ec2", "moto"],
    ["s3", "moto"],
    ["eks", "ministack"],
    ["cloudfront", "ministack"],
    ["route53", "ministack"],
  ])("lead %s to %s", (service, emulator) => {
    expect(emulatorFor(callTo(service))).toBe(emulator);
  });

  test("lead placement groups away from the rest of EC2", () => {
    expect(emulatorFor(queryCall("ec2", { Action: "CreatePlacementGroup" }))).toBe("ministack");
  });

  test("lead tags of a node group's scaling group to where node groups are", () => {
    const tags = { Action: "CreateOrUpdateTags", "Tags.member.1.ResourceId": "eks-general-1" };
    expect(emulatorFor(queryCall("autoscaling", tags))).toBe("ministack");
    expect(emulatorFor(queryCall("autoscaling", { ...tags, "Tags.member.1.ResourceId": "runners" }))).toBe("moto");
  });

  test("lead nowhere for a service that nobody has", () => {
    expect(emulatorFor(callTo("quantum"))).toBeUndefined();
  });
});
