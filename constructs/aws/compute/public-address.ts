import { resourceId } from "../resource-id";

/**
 * Defines the public address of a machine. It needs a subnet with a route to an internet gateway.
 *
 * @example PublicAddress.none(); PublicAddress.elastic(); PublicAddress.existing("eipalloc-0123456789abcdef0")
 */
export class PublicAddress {
  /** None: the machine is reachable only within its network. */
  static none(): PublicAddress {
    return new PublicAddress("none");
  }

  /** An address that changes whenever the machine is stopped. */
  static dynamic(): PublicAddress {
    return new PublicAddress("dynamic");
  }

  /** A new Elastic IP, which stays the same for all successors of the machine. */
  static elastic(): PublicAddress {
    return new PublicAddress("elastic");
  }

  /** An existing Elastic IP, by its allocation id. */
  static existing(allocationId: string): PublicAddress {
    return new PublicAddress("existing", resourceId(allocationId, "elastic IP allocation"));
  }

  private constructor(
    /** Whether the machine has a public address, and of which kind. */
    readonly kind: "none" | "dynamic" | "elastic" | "existing",

    /** Id of the address's allocation. */
    readonly allocationId?: string,
  ) {}

  /** Whether EC2 assigns an address at launch; undefined leaves it to the subnet, so that an Elastic IP changes nothing. */
  get isAssignedAtLaunch(): boolean | undefined {
    return { none: false, dynamic: true, elastic: undefined, existing: undefined }[this.kind];
  }
}
