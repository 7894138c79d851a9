import type { IConstruct } from "constructs";

/** An add-on of a cluster that provisions volumes, such as a `ManagedAddon` of EKS. */
export interface ICsiAddon extends IConstruct {
  /** Name of the add-on. */
  readonly addonName: string;
  /** Role of the add-on's pods; undefined without one. */
  readonly identity: object | undefined;
  /** Terraform address of the add-on, for `dependsOn`. */
  readonly fqn: string;
}

/**
 * Defines where the driver of a storage class comes from.
 *
 * @example CsiDriver.addon(ebsCsi); CsiDriver.existing()
 */
export class CsiDriver {
  /** An add-on that the app creates, in this stack or in another one; its name and its role are checked. */
  static addon(addon: ICsiAddon): CsiDriver {
    return new CsiDriver(addon);
  }

  /** A driver that something else installs: the cluster's owner, or a chart. Nothing is checked. */
  static existing(): CsiDriver {
    return new CsiDriver(undefined);
  }

  private constructor(
    /** The add-on; undefined for a driver that something else installs. */
    readonly addonOfApp: ICsiAddon | undefined,
  ) {}
}
