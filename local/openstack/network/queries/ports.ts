import { randomInt } from "node:crypto";
import { OWNER } from "../../account";
import type { Store } from "../../store";
import { FLOATING_IPS, type Port, PORTS } from "../models";
import type { PortRules } from "../rules";
import { now } from "../timestamps";
import { ownNetwork } from "./lookup";
import { assign, type RequestedAddress } from "./port-addresses";
import { rejectBeyondQuota } from "./quotas";

/** The fields of a new port. */
export interface PortProps {
  readonly network_id: string;
  readonly fixed_ips?: readonly RequestedAddress[] | undefined;
  readonly security_groups?: readonly string[];
  readonly name?: string;
  readonly device_id?: string;
  readonly device_owner?: string;
}

/** Adds a port. */
export function addPort(store: Store, { fixed_ips, ...given }: PortProps, { restrictedToPools }: PortRules): Port {
  ownNetwork(store, given.network_id);
  rejectBeyondQuota(store, PORTS);
  return store.add(PORTS, {
    ...OWNER,
    id: store.newId(),
    name: "",
    description: "",
    admin_state_up: true,
    port_security_enabled: true,
    security_groups: [],
    allowed_address_pairs: [],
    extra_dhcp_opts: [],
    device_owner: "",
    device_id: "",
    dns_name: "",
    "binding:vnic_type": "normal",
    tags: [],
    created_at: now(),
    updated_at: now(),
    ...given,
    status: (given.device_id ?? "") === "" ? "DOWN" : "ACTIVE",
    // Neutron's default prefix, with the bit of locally administered addresses.
    mac_address: ["fa", "16", "3e", ...[0, 1, 2].map(() => randomInt(256).toString(16).padStart(2, "0"))].join(":"),
    fixed_ips: assign(store, given.network_id, fixed_ips, restrictedToPools),
  });
}

/** Deletes a port. Its floating IP is disassociated. */
export function removePort(store: Store, id: string): void {
  for (const floating of store.all(FLOATING_IPS).filter(({ port_id }) => port_id === id))
    store.change(FLOATING_IPS, floating.id, { port_id: null, fixed_ip_address: null, router_id: null, status: "DOWN" });
  store.remove(PORTS, id);
}
