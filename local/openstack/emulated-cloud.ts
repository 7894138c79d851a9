import type { Service } from "./api/call";
import type { Tokens } from "./identity/tokens";
import type { World } from "./store";

/** One cloud: what it remembers, who may speak to it, and what it can be asked. */
export interface Cloud {
  readonly name: "nhn" | "openstack";
  readonly world: World;
  readonly tokens: Tokens;
  readonly services: readonly Service[];
}
