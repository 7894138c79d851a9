import type { Service } from "./api/call";
import type { Tokens } from "./identity/tokens";
import type { Store } from "./store";

/** One emulated cloud: its store, its tokens and its services. */
export interface EmulatedCloud {
  readonly name: "nhn" | "openstack";
  readonly store: Store;
  readonly tokens: Tokens;
  readonly services: readonly Service[];
}
