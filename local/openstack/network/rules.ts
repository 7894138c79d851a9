import { flag, text } from "../api/fields";
import type { Store } from "../store";
import type { FloatingIp } from "./models";

/** What differs from cloud to cloud. */
export interface FloatingIpRules {
  /** Fields that this cloud has and others do not. */
  readonly extraFields: readonly (keyof typeof EXTRA_FIELDS)[];
  /** What a new one has for them. */
  readonly defaults: Partial<FloatingIp>;
  /** Whether it can be given back while it stands for a port. */
  readonly deletableWhileAssociated: boolean;
  /** What leads from a subnet to the internet; nothing when nothing does. */
  readonly gatewayOf: (store: Store, subnetId: string) => string | undefined;
}

export const EXTRA_FIELDS = { label: text, delete_protection: flag, description: text };

/** What differs from cloud to cloud. */
export interface PortRules {
  /** Whether a client may choose only addresses of the pools. */
  readonly restrictedToPools: boolean;
}
