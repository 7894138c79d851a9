import { badRequest, conflict } from "../../api/api-error";
import { object, word } from "../../api/fields";
import { NETWORKS, PORTS, SUBNETS } from "../../network/models";
import { addPort } from "../../network/queries/ports";
import { defaultGroup } from "../../network/queries/security-groups";
import type { PortRules } from "../../network/rules";
import type { World } from "../../store";

/** How a request for a machine names one of its networks. */
export const NIC = object({}, { uuid: word, port: word, subnet: word, fixed_ip: word });

type Nic = ReturnType<typeof NIC>;

/** The machine that is being plugged in. */
export interface Plugged {
  readonly server: string;
  readonly zone: string;
  /** Ids of the groups of ports that are made for it; a port that is there already keeps its own. */
  readonly groups: readonly string[];
}

/** Plugs a machine into its networks, in their order. Answers the ports that were made for it. */
export function plugNics(world: World, nics: readonly Nic[], plugged: Plugged, rules: PortRules): readonly string[] {
  if (nics.length === 0) throw badRequest("a machine needs a network");
  return nics.flatMap((nic) => plugNic(world, nic, plugged, rules));
}

/** Plugs a machine into one network. Answers the port if it was made for it. */
export function plugNic(
  world: World,
  nic: Nic,
  { server, zone, groups }: Plugged,
  rules: PortRules,
): readonly string[] {
  refuseUnfit(world, nic);
  const owned = { device_id: server, device_owner: `compute:${zone}` };
  if (nic.port !== undefined) {
    world.change(PORTS, nic.port, { ...owned, status: "ACTIVE" });
    return [];
  }
  const network_id = nic.uuid ?? world.get(SUBNETS, nic.subnet ?? "").network_id;
  const wanted = {
    ...(nic.subnet === undefined ? {} : { subnet_id: nic.subnet }),
    ...(nic.fixed_ip === undefined ? {} : { ip_address: nic.fixed_ip }),
  };
  const fixed_ips = Object.keys(wanted).length === 0 ? undefined : [wanted];
  const security_groups = groups.length === 0 ? [defaultGroup(world).id] : groups;
  return [addPort(world, { network_id, fixed_ips, security_groups, ...owned }, rules).id];
}

function refuseUnfit(world: World, { port, uuid, subnet }: Nic): void {
  if (port !== undefined) {
    const { id, device_id } = world.get(PORTS, port);
    if (device_id !== "") throw conflict("PortInUse", `Port ${id} is still in use.`);
    return;
  }
  if (uuid === undefined && subnet === undefined) throw badRequest("name a network, a subnet or a port");
  if (uuid !== undefined) world.get(NETWORKS, uuid);
  if (subnet !== undefined) world.get(SUBNETS, subnet);
}
