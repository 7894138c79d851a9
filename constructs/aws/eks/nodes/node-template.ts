import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { Name } from "../../../core/name";
import type { Size } from "../../../core/size";
import type { NodeImage } from "./node-image";

export interface NodeTemplateProps {
  readonly image: NodeImage;
  readonly disk: Size;
}

const NAME = { service: "launch template", maxLength: 128, pattern: /^[\w().\-/]{3,}$/ };

/**
 * What every node of a group starts with: an encrypted volume, and metadata that only the node itself reads.
 * Made by `NodeGroup`.
 */
export class NodeTemplate extends Construct {
  readonly templateId: string;
  /** Number of the newest version: a change of the template is a change of the group. */
  readonly version: string;

  constructor(scope: Construct, id: string, { image, disk }: NodeTemplateProps) {
    super(scope, id);
    const tags = { Name: Name.of(scope).toString() };
    const template = new LaunchTemplate(this, "Resource", {
      name: Name.of(scope).fit(NAME),
      description: scope.node.path,
      updateDefaultVersion: true,
      blockDeviceMappings: [
        {
          deviceName: image.device,
          ebs: { encrypted: "true", volumeType: "gp3", volumeSize: disk.toGibibytes(), deleteOnTermination: "true" },
        },
      ],
      // One hop is the node; pods are two away and have roles of their own.
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
      },
      tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags })),
      tags,
    });
    this.node.defaultChild = template;
    this.templateId = template.id;
    this.version = Token.asString(template.latestVersion);
  }
}
