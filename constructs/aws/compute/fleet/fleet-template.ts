import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Fn, Token, TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import type { CloudInit } from "../../../boot/cloud-init";
import { Limit } from "../../../boot/limit";
import { forTerraform } from "../../../boot/terraform-text";
import { defined } from "../../../core/defined";
import { Name } from "../../../core/name";
import type { Tags } from "../../../core/tags";
import { derivedText } from "../../../core/text-rule";
import { KeyUse } from "../../encryption/key-use";
import { LAUNCH_TEMPLATE_DESCRIPTION, LAUNCH_TEMPLATE_NAME } from "../../limits";
import type { ISecurityGroup } from "../../network/security/security-group";
import type { BootScript } from "../boot-script";
import type { Disk } from "../disk";
import type { Image } from "../image";
import { isCloudInit } from "../instance-checks";
import type { Architecture } from "../instance-type";
import { METADATA_OPTIONS } from "../metadata-options";

/** Properties of {@link FleetTemplate}. */
export interface FleetTemplateProps {
  readonly image: Image;
  readonly architecture: Architecture;
  readonly boot: CloudInit | BootScript | undefined;
  readonly disk: Disk;
  readonly groups: readonly ISecurityGroup[];
  readonly instanceProfileArn: string;
  readonly hasPublicAddress: boolean;
  readonly detailedMonitoring: boolean;
  readonly followsImage: boolean;
  /** Type of the machines, when the group does not choose between several. */
  readonly instanceType: string | undefined;
  readonly tags: Tags;
}

/** The launch template of a fleet. Created by `Fleet`. */
export class FleetTemplate extends Construct {
  /** Id of the launch template. */
  readonly templateId: string;
  /** Number of the latest version: a change of the template starts an instance refresh. */
  readonly version: string;

  constructor(scope: Construct, id: string, props: FleetTemplateProps) {
    super(scope, id);
    const name = Name.of(scope);
    const tags = { ...props.tags, Name: name.tag() };
    const groups = props.groups.map(({ securityGroupId }) => securityGroupId);
    props.disk.encryptionKey?.allow(KeyUse.volumes());
    const template = new LaunchTemplate(this, "Resource", {
      name: name.fit(LAUNCH_TEMPLATE_NAME),
      description: derivedText(scope.node.path, LAUNCH_TEMPLATE_DESCRIPTION),
      updateDefaultVersion: true,
      imageId: props.image.imageIdFor(scope, props.architecture),
      iamInstanceProfile: { arn: props.instanceProfileArn },
      metadataOptions: METADATA_OPTIONS,
      monitoring: { enabled: props.detailedMonitoring },
      blockDeviceMappings: [this.rootDevice(props)],
      ...(props.hasPublicAddress
        ? { networkInterfaces: [{ deviceIndex: 0, associatePublicIpAddress: "true", securityGroups: groups }] }
        : { vpcSecurityGroupIds: groups }),
      ...defined({
        instanceType: props.instanceType,
        userData: this.userData(props.boot),
        lifecycle: props.followsImage ? undefined : { ignoreChanges: ["image_id"] },
      }),
      tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags })),
      tags,
    });
    this.node.defaultChild = template;
    this.templateId = template.id;
    this.version = Token.asString(template.latestVersion);
  }

  private rootDevice({ image, disk }: FleetTemplateProps) {
    return {
      deviceName: image.rootDevice,
      ebs: {
        encrypted: "true",
        volumeType: disk.type,
        volumeSize: disk.size.toGibibytes(),
        deleteOnTermination: "true",
        ...disk.performance,
        ...defined({ kmsKeyId: disk.encryptionKey?.keyArn }),
      },
    };
  }

  private userData(boot: CloudInit | BootScript | undefined): string | undefined {
    if (boot === undefined) return undefined;
    const isDocument = isCloudInit(boot);
    // A local, because CDKTF does not escape backslashes in the argument of a function.
    const local = new TerraformLocal(
      this,
      "UserData",
      isDocument ? forTerraform(boot.userData(Limit.EC2, this)) : boot.text,
    );
    return isDocument ? Fn.base64gzip(local.asString) : Fn.base64encode(local.asString);
  }
}
