import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { Fn, TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import type { IEncryptionKey } from "../../aws/encryption/encryption-key";
import { InstanceProfile } from "../../aws/iam/instance-profile";
import type { IRole } from "../../aws/iam/role";
import { Statement } from "../../aws/iam/statement";
import type { SecurityGroup } from "../../aws/network/security/security-group";
import type { ISubnet } from "../../aws/network/subnet";
import type { CloudInit } from "../../boot/cloud-init";
import { Limit } from "../../boot/limit";
import { forTerraform } from "../../boot/terraform-text";
import { defined } from "../../core/defined";
import { Name } from "../../core/name";
import type { Size } from "../../core/size";
import { isInstanceType } from "../../aws/eks/nodes/instance-type";
import { isToken } from "../../core/token";
import { GLB017 } from "../rules";
import { FirstBootReport } from "./first-boot-report";
import { architectureOf } from "./instance-size";

export interface MachineProps {
  readonly instanceType: string;
  readonly subnet: ISubnet;
  readonly group: SecurityGroup;
  /** Role of the machine. All permissions granted before are created before the machine. */
  readonly role: IRole;
  readonly boot: CloudInit;
  readonly rootVolume: Size;
  /** Whether it has a public address. */
  readonly publicAddress: boolean;
  readonly image: string | undefined;
  readonly encryptionKey: IEncryptionKey | undefined;
}

/**
 * An instance with Ubuntu 24.04 whose only login is Session Manager. Created by `GitLabServer` and `GitLabRunner`.
 *
 * The image is selected at creation: a newer image does not replace a running machine, changed user data does. An SSM parameter
 * contains the status of its first boot.
 */
export class Machine extends Construct {
  readonly instanceId: string;
  readonly privateIp: string;

  constructor(scope: Construct, id: string, props: MachineProps) {
    super(scope, id);
    const { instanceType, subnet, role, encryptionKey } = props;
    this.checkInstanceType(instanceType);
    role.addToPolicy(sessionManager());
    const report = new FirstBootReport(this, "FirstBoot", { writer: role });
    const boot = props.boot.with(...report.boot);
    const profile = new InstanceProfile(this, "Profile", { role });
    const tags = { Name: Name.of(this).toString() };
    // A local value, so that the user data is readable in the synthesized file.
    const text = new TerraformLocal(this, "UserData", forTerraform(boot.userData(Limit.EC2, this)));
    const instance = new Instance(this, "Resource", {
      ami: props.image ?? this.newestImage(instanceType),
      instanceType,
      subnetId: subnet.subnetId,
      vpcSecurityGroupIds: [props.group.securityGroupId],
      iamInstanceProfile: profile.instanceProfileName,
      associatePublicIpAddress: props.publicAddress,
      ebsOptimized: true,
      monitoring: true,
      userDataBase64: Fn.base64gzip(text.asString),
      userDataReplaceOnChange: true,
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      rootBlockDevice: {
        encrypted: true,
        volumeType: "gp3",
        volumeSize: props.rootVolume.toGibibytes(),
        ...defined({ kmsKeyId: encryptionKey?.keyArn }),
        tags,
      },
      tags,
      lifecycle: { ignoreChanges: ["ami"] },
      dependsOn: [...role.permissions, ...subnet.routing],
    });
    this.node.defaultChild = instance;
    this.instanceId = instance.id;
    this.privateIp = instance.privateIp;
  }

  private checkInstanceType(type: string): void {
    if (isToken(type) || isInstanceType(type)) return;
    throw GLB017.violation({ at: this, given: `instance type "${type}"`, fix: "use for example t3.medium" });
  }

  private newestImage(instanceType: string): string {
    const name = `/aws/service/canonical/ubuntu/server/24.04/stable/current/${architectureOf(instanceType)}/hvm/ebs-gp3/ami-id`;
    return new DataAwsSsmParameter(this, "Image", { name }).insecureValue;
  }
}

/**
 * Permissions for Session Manager only. The AWS managed policy for it also allows reading every parameter of the account, including
 * the tokens of other machines.
 */
function sessionManager(): Statement {
  return Statement.allow({
    sid: "SessionManager",
    actions: [
      "ssm:UpdateInstanceInformation",
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
    ],
    resources: ["*"],
  });
}
