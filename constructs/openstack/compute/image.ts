import { DataOpenstackImagesImageIdsV2 } from "@cdktf/provider-openstack/lib/data-openstack-images-image-ids-v2";
import { DataOpenstackImagesImageV2 } from "@cdktf/provider-openstack/lib/data-openstack-images-image-v2";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Cloud } from "../cloud";
import { OPENSTACK } from "../cloud";
import type { ImageName } from "./image-name";

/** What a machine starts from. */
export interface IImage {
  readonly imageId: string;
  readonly imageName: string;
}

export interface ImageProps {
  readonly name: ImageName;
  /**
   * Whose images are looked at.
   * @default - all that the project sees
   */
  readonly visibility?: "public" | "private" | "shared" | "community";
  /**
   * The cloud that has it.
   * @default - OpenStack as it is installed
   */
  readonly cloud?: Cloud;
}

/**
 * Gives an image by its name, found when Terraform plans.
 *
 * Creates nothing. A machine keeps the image it was made from: a newer one is taken by machines that are made later. Where the
 * cloud lets images be counted first, a name that matches none fails with a hint. Free of charge.
 *
 * Errors: OST019.
 *
 * @example new Image(this, "Ubuntu", { name: ImageName.newest("Ubuntu Server 22.04") });
 */
export class Image extends Construct implements IImage {
  /** An image whose id is known, for example one of your own. */
  static fromId(scope: Construct, id: string, imageId: string): IImage {
    return new ImportedImage(scope, id, imageId);
  }

  readonly imageId: string;
  readonly imageName: string;

  constructor(scope: Construct, id: string, props: ImageProps) {
    super(scope, id);
    const { cloud = OPENSTACK, visibility } = props;
    const query = { ...props.name.query, ...(visibility === undefined ? {} : { visibility }) };
    const counted = cloud.countsImages ? [this.addCount(query, props.name, cloud)] : [];
    const found = new DataOpenstackImagesImageV2(this, "Resource", {
      ...query,
      mostRecent: true,
      ...(counted.length === 0 ? {} : { dependsOn: counted }),
    });
    this.node.defaultChild = found;
    this.imageId = found.id;
    this.imageName = found.name;
  }

  /** The provider's own error names neither what was looked for nor where to look. */
  private addCount(query: ImageName["query"], name: ImageName, cloud: Cloud): ITerraformDependable {
    return new DataOpenstackImagesImageIdsV2(this, "count", {
      ...query,
      lifecycle: {
        postcondition: [
          {
            condition: "${length(self.ids) > 0}",
            errorMessage: `${this.node.path}: ${cloud.name} has no image ${name.toString()}; "openstack image list" shows the names it has.`,
          },
        ],
      },
    });
  }
}

class ImportedImage extends Construct implements IImage {
  readonly imageName: string;

  constructor(
    scope: Construct,
    id: string,
    readonly imageId: string,
  ) {
    super(scope, id);
    this.imageName = imageId;
  }
}
