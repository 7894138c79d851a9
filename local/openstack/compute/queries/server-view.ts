import type { JsonObject } from "../../../http/json";
import { OWNER } from "../../account";
import { FLOATING_IPS, NETWORKS, type Port, SECURITY_GROUPS } from "../../network/models";
import { portsOf } from "../../network/queries/lookup";
import type { Store } from "../../store";
import { VOLUMES } from "../../volume/models";
import type { Server } from "../models";

const POWER = { BUILD: 0, ACTIVE: 1, SHUTOFF: 4, RESIZE: 1, VERIFY_RESIZE: 1, ERROR: 0 } as const;

const STATE = {
  BUILD: "building",
  ACTIVE: "active",
  SHUTOFF: "stopped",
  RESIZE: "active",
  VERIFY_RESIZE: "resized",
  ERROR: "error",
} as const;

/** The representation of a machine in responses. */
export function serverView(store: Store, server: Server): JsonObject {
  const ports = portsOf(store, { device_id: server.id });
  const groups = new Set(ports.flatMap(({ security_groups }) => security_groups));
  const volumes = store
    .all(VOLUMES)
    .filter(({ attachments }) => attachments.some(({ server_id }) => server_id === server.id));
  return {
    id: server.id,
    name: server.name,
    status: server.status,
    ...OWNER,
    user_id: server["user_id"],
    created: server.created,
    updated: server.created,
    hostId: "0123456789abcdef",
    progress: server.status === "BUILD" ? 0 : 100,
    accessIPv4: "",
    accessIPv6: "",
    config_drive: "",
    // Empty, because the machine boots from a volume, which references the image.
    image: "",
    flavor: { id: server.flavor_id, links: [] },
    key_name: server.key_name,
    metadata: server.metadata,
    addresses: addresses(store, ports),
    security_groups: [...groups].map((id) => ({ name: store.find(SECURITY_GROUPS, id)?.name ?? id })),
    links: [],
    "OS-DCF:diskConfig": "MANUAL",
    "OS-EXT-AZ:availability_zone": server.zone,
    "OS-EXT-STS:task_state": server.task_state,
    "OS-EXT-STS:vm_state": STATE[server.status],
    "OS-EXT-STS:power_state": POWER[server.status],
    "OS-SRV-USG:launched_at": server.status === "BUILD" ? null : server.created.replace("Z", ".000000"),
    "OS-SRV-USG:terminated_at": null,
    "os-extended-volumes:volumes_attached": volumes.map(({ id }) => ({ id })),
    ...(server.fault !== null && { fault: { code: 500, message: server.fault, created: server.created } }),
  };
}

function addresses(store: Store, ports: readonly Port[]): JsonObject {
  const result: Record<string, JsonObject[]> = {};
  for (const port of ports) {
    const network = store.get(NETWORKS, port.network_id).name;
    const address = (addr: string, type: "fixed" | "floating"): JsonObject => ({
      addr,
      version: 4,
      "OS-EXT-IPS-MAC:mac_addr": port.mac_address,
      "OS-EXT-IPS:type": type,
    });
    const floating = store.all(FLOATING_IPS).filter(({ port_id }) => port_id === port.id);
    result[network] = [
      ...(result[network] ?? []),
      ...port.fixed_ips.map(({ ip_address }) => address(ip_address, "fixed")),
      ...floating.map(({ floating_ip_address }) => address(floating_ip_address, "floating")),
    ];
  }
  return result;
}
