import { DataOpenstackImagesImageIdsV2 } from "@groundwork/provider-openstack/lib/data-openstack-images-image-ids-v2";
import { DataOpenstackImagesImageV2 } from "@groundwork/provider-openstack/lib/data-openstack-images-image-v2";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { defined } from "../../core/defined";
import { checkStack } from "../../core/name-claims";
import { escapeTerraform } from "../../core/token";
import { type Cloud, OPENSTACK } from "../cloud";
import type { ImageName } from "./image-name";

/** An image that machines are created from. */
export interface IImage {
  /** Id of the image. */
  readonly imageId: string;
  /** Name of the image. */
  readonly imageName: string;
}

/** Properties of {@link Image}. */
export interface ImageProps {
  /** `ImageName.newest(prefix)` or `ImageName.exactly(name)`. */
  readonly name: ImageName;
  /**
   * Visibility of the images to search.
   * @default - all images that the project can see
   */
  readonly visibility?: "public" | "private" | "shared" | "community";
  /**
   * Cloud that offers the image; on NHN Cloud `NHN_CLOUD` or `subnet.cloud`.
   * @default - standard OpenStack
   */
  readonly cloud?: Cloud;
}

/**
 * Defines a look-up of an image by name, which runs when Terraform plans.
 *
 * Creates no resources. A machine keeps the image that it was created from; a newer image is used by new machines only. If the cloud
 * supports counting images, a name without a match fails with a hint. Cost: free of charge.
 *
 * Errors: OST019.
 *
 * @example new Image(this, "Ubuntu", { name: ImageName.newest("Ubuntu Server 22.04") });
 */
export class Image extends Construct implements IImage {
  /** Imports an existing image, for example a custom one. */
  static fromId(scope: Construct, id: string, imageId: string): IImage {
    class Import extends Construct implements IImage {
      readonly imageId = imageId;
      readonly imageName = imageId;
    }
    return new Import(scope, id);
  }

  /** Id of the image. */
  readonly imageId: string;
  /** Name of the image. */
  readonly imageName: string;

  constructor(scope: Construct, id: string, props: ImageProps) {
    super(scope, id);
    checkStack(this);
    const { cloud = OPENSTACK, visibility } = props;
    const query = { ...queryOf(props.name), ...defined({ visibility }) };
    const counted = cloud.countsImages ? [this.addCount(query, props.name, cloud)] : [];
    const found = new DataOpenstackImagesImageV2(this, "Resource", {
      ...query,
      mostRecent: true,
      ...defined({ dependsOn: counted.length === 0 ? undefined : counted }),
    });
    this.node.defaultChild = found;
    this.imageId = found.id;
    this.imageName = found.name;
  }

  /** The provider's own error contains neither the requested name nor a hint. */
  private addCount(query: ImageName["query"], name: ImageName, cloud: Cloud): ITerraformDependable {
    return new DataOpenstackImagesImageIdsV2(this, "count", {
      ...query,
      lifecycle: {
        postcondition: [
          {
            condition: "${length(self.ids) > 0}",
            errorMessage: escapeTerraform(
              `${this.node.path}: ${cloud.name} has no image ${name.toString()}; "openstack image list" shows the names it has.`,
            ),
          },
        ],
      },
    });
  }
}

/** The arguments of the provider's data sources. The regular expression has no `${`, because it escapes both characters. */
function queryOf({ query }: ImageName): ImageName["query"] {
  return "name" in query ? { name: escapeTerraform(query.name) } : { nameRegex: escapeTerraform(query.nameRegex) };
}
