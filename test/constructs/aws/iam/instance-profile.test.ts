import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { InstanceProfile } from "@groundwork/constructs/aws/iam/instance-profile";
import { Role } from "@groundwork/constructs/aws/iam/role";
import { TrustPolicy } from "@groundwork/constructs/aws/iam/trust-policy";
import { defined } from "@groundwork/constructs/core/defined";
import { NAM001 } from "@groundwork/constructs/core/rules";
import { awsStack, resource } from "../../../support/fixture";

function profileWith(instanceProfileName?: string) {
  const stack = awsStack();
  const role = new Role(stack, "Runner", { trust: TrustPolicy.service("ec2.amazonaws.com") });
  new InstanceProfile(stack, "Profile", { role, ...defined({ instanceProfileName }) });
  return stack;
}

describe("InstanceProfile", () => {
  test("has the role, and a name derived from its path", () => {
    const stack = profileWith();
    expect(resource(stack, IamInstanceProfile)).toMatchObject({
      name: "test-profile",
      role: `\${${resource(stack, IamRole).address}.name}`,
    });
  });

  test("rejects a name that IAM does not accept", () => {
    expect(() => profileWith("with space")).toViolate(NAM001);
  });
});
