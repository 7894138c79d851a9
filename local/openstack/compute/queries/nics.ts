import { defined } from "@groundwork/constructs/core";
import { badRequest, conflict } from "../../api/api-error";
import { nonEmptyText, object, type Value } from "../../api/fields";
import { NETWORKS, PORTS, SUBNETS } from "../../network/models";
import { addPort } from "../../network/queries/ports";
import { defaultGroup } from "../../network/queries/security-groups";
import type { PortRules } from "../../network/rules";
import type { Store } from "../../store";

/** A network interface in a request to create a machine: by network, subnet or existing port. */
export const NIC = object({}, { uuid: nonEmptyText, port: nonEmptyText, subnet: nonEmptyText, fixed_ip: nonEmptyText });

type Nic = Value<typeof NIC>;

/** The machine that network interfaces are attached to. */
export interface NicOwner {
  readonly server: string;
  readonly zone: string;
  /** Ids of the security groups of new ports; an existing port keeps its own. */
  readonly groups: readonly string[];
}

/** Attaches network interfaces to a machine, in order. Returns the ids of the ports that were created. */
export function attachNics(store: Store, nics: readonly Nic[], owner: NicOwner, rules: PortRules): readonly string[] {
  if (nics.length === 0) throw badRequest("a machine needs a network");
  return nics.flatMap((nic) => attachNic(store, nic, owner, rules));
}

/** Attaches one network interface. Returns the id of the port if one was created. */
export function attachNic(
  store: Store,
  nic: Nic,
  { server, zone, groups }: NicOwner,
  rules: PortRules,
): readonly string[] {
  rejectInvalid(store, nic);
  const device = { device_id: server, device_owner: `compute:${zone}` };
  if (nic.port !== undefined) {
    store.change(PORTS, nic.port, { ...device, status: "ACTIVE" });
    return [];
  }
  const network_id = nic.uuid ?? store.get(SUBNETS, nic.subnet ?? "").network_id;
  const requested = defined({ subnet_id: nic.subnet, ip_address: nic.fixed_ip });
  const fixed_ips = Object.keys(requested).length === 0 ? undefined : [requested];
  const security_groups = groups.length === 0 ? [defaultGroup(store).id] : groups;
  return [addPort(store, { network_id, fixed_ips, security_groups, ...device }, rules).id];
}

function rejectInvalid(store: Store, { port, uuid, subnet }: Nic): void {
  if (port !== undefined) {
    const { id, device_id } = store.get(PORTS, port);
    if (device_id !== "") throw conflict("PortInUse", `Port ${id} is still in use.`);
    return;
  }
  if (uuid === undefined && subnet === undefined) throw badRequest("name a network, a subnet or a port");
  if (uuid !== undefined) store.get(NETWORKS, uuid);
  if (subnet !== undefined) store.get(SUBNETS, subnet);
}
