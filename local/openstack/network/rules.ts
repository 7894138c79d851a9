import { flag, text } from "../api/fields";
import type { Store } from "../store";
import type { FloatingIp } from "./models";

/** Differences between the clouds in the API of floating IPs. */
export interface FloatingIpRules {
  /** Fields that only this cloud has. */
  readonly extraFields: readonly (keyof typeof EXTRA_FIELDS)[];
  /** Defaults of a new floating IP. */
  readonly defaults: Partial<FloatingIp>;
  /** Whether it can be moved from one port to another in one request. */
  readonly movable: boolean;
  /** Whether only the operator can choose the address. */
  readonly restrictedAddress: boolean;
  /** Whether it can be deleted while it is associated with a port. */
  readonly deletableWhileAssociated: boolean;
  /** The id of the gateway that connects a subnet to the internet; `undefined` when there is none. */
  readonly gatewayOf: (store: Store, subnetId: string) => string | undefined;
}

/** Fields of floating IPs that only one of the clouds has. */
export const EXTRA_FIELDS = { label: text, delete_protection: flag, description: text };

/** Differences between the clouds in the API of ports. */
export interface PortRules {
  /** Whether clients can request only addresses of the allocation pools. */
  readonly restrictedToPools: boolean;
}
