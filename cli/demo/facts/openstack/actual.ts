import type { OpenStackConnection } from "@groundwork/local/openstack/connection";
import type { ProjectToken } from "@groundwork/tooling/keystone-v3";
import { type SynthesizedStack, textArgument } from "@groundwork/tooling/terraform/synthesized";
import { isOnNhn, OpenStackApi } from "../../openstack-api";
import type { Fact } from "../fact";
import { machinesOf } from "./expected";
import { EGRESS, machineSummary } from "./summary";

/**
 * The machines and subnets of a stack from the cloud's API.
 *
 * @param real - a token of a real OpenStack that contains the stack instead of the emulated one
 */
export async function actualOpenStack(
  connection: OpenStackConnection,
  stack: SynthesizedStack,
  real?: ProjectToken,
): Promise<readonly Fact[]> {
  const names = machinesOf(stack).map((server) => textArgument(server, "name"));
  if (names.length === 0) return [];
  const api = await OpenStackApi.of(connection, stack, real);
  const subnets = isOnNhn(stack) ? await nhnSubnets(api) : await standardSubnets(api);
  return [...subnets, ...(await machines(api, names))];
}

async function machines(api: OpenStackApi, names: readonly string[]): Promise<readonly Fact[]> {
  const servers = (await api.servers<Server>()).filter(
    ({ name, status }) => names.includes(name) && status === "ACTIVE",
  );
  const ports = await api.networkObjects<PortObject>("ports");
  const floatingIps = await api.networkObjects<{ readonly port_id: string | null }>("floatingips");
  const associated = new Set(floatingIps.map(({ port_id }) => port_id));
  return Promise.all(
    servers.map(async ({ id, name, flavor }) => {
      const own = ports.filter(({ device_id }) => device_id === id);
      const addresses = own.flatMap(({ fixed_ips }) => fixed_ips.map(({ ip_address }) => ip_address));
      const hasFloatingIp = own.some((port) => associated.has(port.id));
      const value = machineSummary(await api.flavorName(flavor.id), addresses, hasFloatingIp);
      return { subject: `machine ${name}`, value };
    }),
  );
}

/**
 * Only the response for a single subnet contains its routing table. A subnet with the VPC's default table does not belong to the
 * stack.
 */
async function nhnSubnets(api: OpenStackApi): Promise<readonly Fact[]> {
  const routes = await api.networkObjects<RouteObject>("routes");
  const nats = await api.networkObjects<{ readonly fixed_ip: string }>("natgateways");
  const listed = await api.networkObjects<{ readonly id: string }>("vpcsubnets");
  const subnets = await Promise.all(
    listed.map(({ id }) => api.networkObject<NhnSubnet>("vpcsubnet", `vpcsubnets/${id}`)),
  );
  return subnets
    .filter(({ routingtable }) => routingtable.explicit)
    .map(({ cidr, routingtable }) => {
      const route = routes.find(
        ({ routingtable_id, cidr: block }) => routingtable_id === routingtable.id && block === "0.0.0.0/0",
      );
      const byNat = nats.some(({ fixed_ip }) => fixed_ip === route?.gateway);
      const direct = routingtable.gateway_id === undefined ? EGRESS.none : EGRESS.gateway;
      return { subject: `subnet ${cidr}`, value: byNat ? EGRESS.nat : direct };
    });
}

/** Subnets of all networks except the operator's external network. */
async function standardSubnets(api: OpenStackApi): Promise<readonly Fact[]> {
  const networks = await api.networkObjects<NetworkObject>("networks");
  const external = new Set(networks.filter((network) => network["router:external"]).map(({ id }) => id));
  const subnets = await api.networkObjects<SubnetObject>("subnets");
  const ports = await api.networkObjects<PortObject>("ports");
  const interfaces = ports.filter(({ device_owner }) => device_owner === "network:router_interface");
  const routed = new Set(interfaces.flatMap(({ fixed_ips }) => fixed_ips.map(({ subnet_id }) => subnet_id)));
  return subnets
    .filter(({ network_id }) => !external.has(network_id))
    .map(({ id, cidr }) => ({ subject: `subnet ${cidr}`, value: routed.has(id) ? EGRESS.router : EGRESS.none }));
}

interface Server {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly flavor: { readonly id: string };
}

interface PortObject {
  readonly id: string;
  readonly device_id: string;
  readonly device_owner: string;
  readonly fixed_ips: readonly { readonly ip_address: string; readonly subnet_id: string }[];
}

interface NetworkObject {
  readonly id: string;
  readonly "router:external": boolean;
}

interface SubnetObject {
  readonly id: string;
  readonly cidr: string;
  readonly network_id: string;
}

interface NhnSubnet {
  readonly cidr: string;
  readonly routingtable: { readonly id: string; readonly explicit: boolean; readonly gateway_id?: string };
}

interface RouteObject {
  readonly routingtable_id: string;
  readonly cidr: string;
  readonly gateway: string;
}
