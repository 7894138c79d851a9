import { DataOpenstackComputeFlavorV2 } from "@groundwork/provider-openstack/lib/data-openstack-compute-flavor-v2";
import { Construct } from "constructs";
import { checkStack } from "../../core/name-claims";
import { escapeTerraform, isToken } from "../../core/token";
import { type Cloud, OPENSTACK } from "../cloud";
import { OST010 } from "../rules";

/** Size of a machine: vCPUs, memory and, on some clouds, the root disk. */
export interface IFlavor {
  /** Id of the flavor. */
  readonly flavorId: string;
  /** Name of the flavor. */
  readonly flavorName: string;
}

/** Properties of {@link Flavor}. */
export interface FlavorProps {
  /** Name as the cloud spells it, such as `m1.medium`. */
  readonly name: string;
  /**
   * Cloud that offers the flavor; on NHN Cloud `NHN_CLOUD` or `subnet.cloud`.
   * @default - standard OpenStack, where the operator defines the flavors
   */
  readonly cloud?: Cloud;
}

/**
 * Defines a look-up of a flavor by name, which runs when Terraform plans. One look-up serves all machines of a stack.
 *
 * Creates no resources. Cost: free of charge; machines of the flavor are billed.
 *
 * Errors: OST010.
 *
 * @example const medium = new Flavor(this, "Medium", { name: "m1.medium" });
 */
export class Flavor extends Construct implements IFlavor {
  /** Id of the flavor. */
  readonly flavorId: string;
  /** Name of the flavor. */
  readonly flavorName: string;

  constructor(scope: Construct, id: string, props: FlavorProps) {
    super(scope, id);
    checkStack(this);
    const { name, cloud = OPENSTACK } = props;
    if (!isToken(name) && !cloud.flavors.pattern.test(name))
      throw OST010.violation({
        at: this,
        given: `flavor "${name}" of ${cloud.name}`,
        fix: `use a name such as ${cloud.flavors.example}`,
      });
    const found = new DataOpenstackComputeFlavorV2(this, "Resource", { name: escapeTerraform(name) });
    this.node.defaultChild = found;
    this.flavorId = found.id;
    this.flavorName = name;
  }
}
