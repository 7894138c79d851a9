import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { defined } from "../../../core/defined";
import { Name } from "../../../core/name";
import { derivedText } from "../../../core/text-rule";
import { METADATA_OPTIONS } from "../../compute/metadata-options";
import { KeyUse } from "../../encryption/key-use";
import { LAUNCH_TEMPLATE_DESCRIPTION, LAUNCH_TEMPLATE_NAME } from "../../limits";
import type { Disk } from "../../compute/disk";
import type { NodeImage } from "./node-image";

export interface NodeTemplateProps {
  readonly image: NodeImage;
  readonly disk: Disk;
}

/**
 * The launch template of a node group: an encrypted volume, and instance metadata that only the node itself can read.
 * Created by `NodeGroup`.
 */
export class NodeTemplate extends Construct {
  readonly templateId: string;
  /** Number of the latest version: a change of the template updates the group. */
  readonly version: string;

  constructor(scope: Construct, id: string, { image, disk }: NodeTemplateProps) {
    super(scope, id);
    const name = Name.of(scope);
    const tags = { Name: name.tag() };
    disk.encryptionKey?.allow(KeyUse.volumes());
    const template = new LaunchTemplate(this, "Resource", {
      name: name.fit(LAUNCH_TEMPLATE_NAME),
      description: derivedText(scope.node.path, LAUNCH_TEMPLATE_DESCRIPTION),
      updateDefaultVersion: true,
      blockDeviceMappings: [
        {
          deviceName: image.device,
          ebs: {
            encrypted: "true",
            volumeType: disk.type,
            volumeSize: disk.size.toGibibytes(),
            deleteOnTermination: "true",
            ...defined({ iops: disk.iops, throughput: disk.throughput, kmsKeyId: disk.encryptionKey?.keyArn }),
          },
        },
      ],
      // The node is one hop away; pods are two hops away and have their own roles.
      metadataOptions: METADATA_OPTIONS,
      tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags })),
      tags,
    });
    this.node.defaultChild = template;
    this.templateId = template.id;
    this.version = Token.asString(template.latestVersion);
  }
}
