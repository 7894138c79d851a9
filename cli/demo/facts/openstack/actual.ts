import { CREDENTIALS, NHN, STANDARD } from "@groundwork/local/openstack/account";
import type { OpenStackConnection } from "@groundwork/local/openstack/connection";
import { issueV3Token, type ProjectToken } from "@groundwork/tooling/keystone-v3";
import { type SynthesizedStack, textArgument } from "@groundwork/tooling/terraform/synthesized";
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
  const isNhn = stack.resources("restapi_object").size > 0;
  const api = isNhn ? nhnApi(connection) : real === undefined ? await standardApi(connection) : realApi(real);
  const subnets = isNhn ? await nhnSubnets(api) : await standardSubnets(api);
  return [...subnets, ...(await machines(api, names))];
}

/** The compute and network APIs of a cloud. */
class Api {
  constructor(
    private readonly token: string,
    private readonly compute: string,
    private readonly network: string,
  ) {}

  servers(): Promise<readonly Server[]> {
    return this.list(`${this.compute}/servers/detail`, "servers");
  }

  async flavorName(id: string): Promise<string> {
    const { flavor } = (await this.get(`${this.compute}/flavors/${id}`)) as { flavor: { name: string } };
    return flavor.name;
  }

  networkObjects<T>(plural: string): Promise<readonly T[]> {
    return this.list(`${this.network}/v2.0/${plural}`, plural);
  }

  async networkObject<T>(noun: string, path: string): Promise<T> {
    const response = (await this.get(`${this.network}/v2.0/${path}`)) as Readonly<Record<string, T>>;
    return response[noun] as T;
  }

  private async list<T>(url: string, key: string): Promise<readonly T[]> {
    return ((await this.get(url)) as Readonly<Record<string, readonly T[]>>)[key] ?? [];
  }

  private async get(url: string): Promise<unknown> {
    const response = await fetch(url, { headers: { "X-Auth-Token": this.token } });
    if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
    return response.json();
  }
}

function nhnApi({ endpoint, env }: OpenStackConnection): Api {
  return new Api(env["TF_VAR_nhn_token"] ?? "", `${endpoint}${NHN.compute}`, `${endpoint}${NHN.network}`);
}

async function standardApi({ endpoint }: OpenStackConnection): Promise<Api> {
  const { id } = await issueV3Token({
    type: "password",
    authUrl: `${endpoint}${STANDARD.identity}`,
    user: { name: CREDENTIALS.username },
    userDomain: { name: "Default" },
    password: CREDENTIALS.password,
    project: { id: CREDENTIALS.tenantId },
    projectDomain: { name: "Default" },
  });
  return new Api(id, `${endpoint}${STANDARD.compute}`, `${endpoint}${STANDARD.network}`);
}

function realApi({ id, services }: ProjectToken): Api {
  const urlOf = (type: string): string => (services.find((each) => each.type === type)?.url ?? "").replace(/\/$/, "");
  return new Api(id, urlOf("compute"), urlOf("network"));
}

async function machines(api: Api, names: readonly string[]): Promise<readonly Fact[]> {
  const servers = (await api.servers()).filter(({ name, status }) => names.includes(name) && status === "ACTIVE");
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
async function nhnSubnets(api: Api): Promise<readonly Fact[]> {
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
async function standardSubnets(api: Api): Promise<readonly Fact[]> {
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
