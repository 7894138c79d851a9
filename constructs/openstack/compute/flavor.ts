import { DataOpenstackComputeFlavorV2 } from "@cdktf/provider-openstack/lib/data-openstack-compute-flavor-v2";
import { Construct } from "constructs";
import { isToken } from "../../core/token";
import type { Cloud } from "../cloud";
import { OPENSTACK } from "../cloud";
import { OST010 } from "../rules";

/** How much of everything a machine has, by the words of its cloud. */
export interface IFlavor {
  readonly flavorId: string;
  readonly flavorName: string;
}

export interface FlavorProps {
  /** Name as the cloud spells it, such as `m1.medium`. */
  readonly name: string;
  /**
   * The cloud that has it.
   * @default - OpenStack as it is installed
   */
  readonly cloud?: Cloud;
}

/**
 * Gives a flavor by its name, found when Terraform plans. One look-up serves all machines of a stack.
 *
 * Creates nothing. Free of charge; machines of the flavor are not.
 *
 * Errors: OST010.
 *
 * @example const medium = new Flavor(this, "Medium", { name: "m1.medium" });
 */
export class Flavor extends Construct implements IFlavor {
  readonly flavorId: string;
  readonly flavorName: string;

  constructor(scope: Construct, id: string, props: FlavorProps) {
    super(scope, id);
    const { name, cloud = OPENSTACK } = props;
    if (!isToken(name) && !cloud.flavors.pattern.test(name))
      throw OST010.violation({
        at: this,
        given: `flavor "${name}" of ${cloud.name}`,
        fix: `write a name such as ${cloud.flavors.example}`,
      });
    const found = new DataOpenstackComputeFlavorV2(this, "Resource", { name });
    this.node.defaultChild = found;
    this.flavorId = found.id;
    this.flavorName = name;
  }
}
