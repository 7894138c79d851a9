import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { Construct } from "constructs";
import { INSTANCE_PROFILE_NAME } from "../limits";
import { physicalName } from "../physical-name";
import type { IRole } from "./role";

/** Properties of {@link InstanceProfile}. */
export interface InstanceProfileProps {
  /** Role of the machines; its trust policy must allow `ec2.amazonaws.com`. */
  readonly role: IRole;
  /** Physical name. @default - derived from the construct path */
  readonly instanceProfileName?: string;
}

/**
 * Defines an instance profile, through which EC2 instances receive a role.
 *
 * Creates the instance profile only. Free of charge.
 *
 * @example new InstanceProfile(this, "Profile", { role })
 */
export class InstanceProfile extends Construct {
  /** ARN of the instance profile. */
  readonly instanceProfileArn: string;
  /** Name of the instance profile. */
  readonly instanceProfileName: string;

  constructor(scope: Construct, id: string, props: InstanceProfileProps) {
    super(scope, id);
    const { role, instanceProfileName } = props;
    const profile = new IamInstanceProfile(this, "Resource", {
      name: physicalName(this, instanceProfileName, INSTANCE_PROFILE_NAME),
      role: role.roleName,
    });
    this.node.defaultChild = profile;
    this.instanceProfileArn = profile.arn;
    this.instanceProfileName = profile.name;
  }
}
