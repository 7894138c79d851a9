import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { InstanceProfile } from "@groundwork/constructs/aws/iam/instance-profile";
import { Role } from "@groundwork/constructs/aws/iam/role";
import { Trust } from "@groundwork/constructs/aws/iam/trust";
import { NAM001 } from "@groundwork/constructs/core/rules";
import { awsStack, resource } from "../../../support/fixture";

function profileWith(instanceProfileName?: string) {
  const stack = awsStack();
  const role = new Role(stack, "Runner", { trust: Trust.service("ec2.amazonaws.com") });
  new InstanceProfile(stack, "Profile", { role, ...(instanceProfileName !== undefined && { instanceProfileName }) });
  return stack;
}

describe("InstanceProfile", () => {
  test("carries one role, under a name made from its path", () => {
    const stack = profileWith();
    expect(resource(stack, IamInstanceProfile)).toMatchObject({
      name: "test-profile",
      role: `\${${resource(stack, IamRole).address}.name}`,
    });
  });

  test("rejects a name that IAM refuses", () => {
    expect(() => profileWith("with space")).toViolate(NAM001);
  });
});
