import { OWNER } from "../../account";
import { contains, overlaps, parseAddress, parseBlock } from "../../addresses";
import { badRequest, conflict, notFound } from "../../api/api-error";
import { type Call, param, type Reply, type Route } from "../../api/call";
import { nonEmptyText, read } from "../../api/fields";
import type { Store } from "../../store";
import { type Port, PORTS, type Router, ROUTERS, type Subnet, SUBNETS } from "../models";
import { hasFloatingIps } from "../queries/floating-ips";
import { portsOf } from "../queries/lookup";
import { addPort, removePort } from "../queries/ports";

/** Interfaces between routers and subnets. */
export function routerInterfaces(store: Store): readonly Route[] {
  return [
    { method: "PUT", path: "/v2.0/routers/:id/add_router_interface", handle: (call) => add(store, call) },
    { method: "PUT", path: "/v2.0/routers/:id/remove_router_interface", handle: (call) => remove(store, call) },
  ];
}

function add(store: Store, call: Call): Reply {
  const router = store.get(ROUTERS, param(call));
  const { subnet_id, port_id } = read(call, { optional: { subnet_id: nonEmptyText, port_id: nonEmptyText } });
  if ((subnet_id === undefined) === (port_id === undefined)) throw badRequest("name a subnet or a port, not both");
  const port = port_id === undefined ? undefined : unusedPort(store, port_id);
  const subnet = store.get(SUBNETS, subnet_id ?? port?.fixed_ips[0]?.subnet_id ?? "");
  rejectOverlap(store, router, subnet);
  const owner = { device_id: router.id, device_owner: "network:router_interface" };
  const attached =
    port === undefined
      ? addGatewayPort(store, subnet, owner)
      : store.change(PORTS, port.id, { ...owner, status: "ACTIVE" });
  return interfaceReply(router, attached, subnet);
}

function unusedPort(store: Store, id: string): Port {
  const port = store.get(PORTS, id);
  if (port.device_id !== "") throw conflict("PortInUse", `Port ${port.id} is in use`);
  return port;
}

/** Adds a port with the gateway address of a subnet. */
function addGatewayPort(store: Store, subnet: Subnet, owner: Pick<Port, "device_id" | "device_owner">): Port {
  const { id: subnet_id, network_id, gateway_ip } = subnet;
  if (gateway_ip === null) throw badRequest(`Subnet for router interface must have a gateway IP: ${subnet_id}`);
  const fixed_ips = [{ subnet_id, ip_address: gateway_ip }];
  return addPort(store, { network_id, fixed_ips, ...owner }, { restrictedToPools: false });
}

function remove(store: Store, call: Call): Reply {
  const router = store.get(ROUTERS, param(call));
  const { subnet_id, port_id } = read(call, { optional: { subnet_id: nonEmptyText, port_id: nonEmptyText } });
  const port = portsOf(store, { device_id: router.id }).find(
    ({ id, fixed_ips }) => id === port_id || fixed_ips.some((ip) => ip.subnet_id === subnet_id),
  );
  if (port === undefined) throw notFound("Router interface", port_id ?? subnet_id ?? "");
  const subnet = store.get(SUBNETS, port.fixed_ips[0]?.subnet_id ?? "");
  rejectWhileRequired(store, router, subnet);
  removePort(store, port.id);
  return interfaceReply(router, port, subnet);
}

function interfaceReply(router: Router, port: Port, subnet: Subnet): Reply {
  return {
    body: {
      ...OWNER,
      id: router.id,
      port_id: port.id,
      subnet_id: subnet.id,
      subnet_ids: [subnet.id],
      network_id: port.network_id,
    },
  };
}

function rejectOverlap(store: Store, router: Router, subnet: Subnet): void {
  const other = portsOf(store, { device_id: router.id })
    .flatMap(({ fixed_ips }) => fixed_ips.map((ip) => store.get(SUBNETS, ip.subnet_id)))
    .find(({ cidr }) => overlaps(parseBlock(cidr), parseBlock(subnet.cidr)));
  if (other !== undefined)
    throw badRequest(
      `Cidr ${subnet.cidr} of subnet ${subnet.id} overlaps with cidr ${other.cidr} of subnet ${other.id}`,
    );
}

function rejectWhileRequired(store: Store, router: Router, subnet: Subnet): void {
  if (hasFloatingIps(store, subnet.id))
    throw conflict(
      "RouterInterfaceInUseByFloatingIP",
      `Router interface for subnet ${subnet.id} on router ${router.id} cannot be deleted, as it is required by one or more floating IPs.`,
    );
  const block = parseBlock(subnet.cidr);
  if (router.routes.some(({ nexthop }) => contains(block, parseAddress(nexthop) ?? -1)))
    throw conflict(
      "RouterInterfaceInUseByRoute",
      `Router interface for subnet ${subnet.id} on router ${router.id} cannot be deleted, as it is required by one or more routes.`,
    );
}
