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
 * The launch template of a node group: an encrypted volume, and instance metadata that only the node itself can read.
 * Created by `NodeGroup`.
 */
export class NodeTemplate extends Construct {
  readonly templateId: string;
  /** Number of the latest version: a change of the template updates the group. */
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
      // The node is one hop away; pods are two hops away and have their own roles.
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
