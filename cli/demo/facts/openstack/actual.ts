import { CREDENTIALS, NHN, STANDARD } from "@groundwork/local/openstack/account";
import type { LocalOpenStack } from "@groundwork/local/openstack/local-openstack";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { textArgument } from "@groundwork/tooling/terraform/synthesized";
import type { Fact } from "../fact";
import { EXITS, machineInWords, machinesOf } from "./expected";

/** What a cloud's own API says about the machines and subnets of a stack. */
export async function foundFleet(local: LocalOpenStack, stack: SynthesizedStack): Promise<readonly Fact[]> {
  const names = machinesOf(stack).map((server) => textArgument(server, "name"));
  if (names.length === 0) return [];
  const isNhn = stack.resources("restapi_object").size > 0;
  const api = isNhn ? nhnApi(local) : await standardApi(local);
  const subnets = isNhn ? await nhnSubnets(api) : await standardSubnets(api);
  return [...subnets, ...(await machines(api, names))];
}

/** One cloud's compute and network services. */
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
    const answer = (await this.get(`${this.network}/v2.0/${path}`)) as Readonly<Record<string, T>>;
    return answer[noun] as T;
  }

  private async list<T>(url: string, key: string): Promise<readonly T[]> {
    return ((await this.get(url)) as Readonly<Record<string, readonly T[]>>)[key] ?? [];
  }

  private async get(url: string): Promise<unknown> {
    const answer = await fetch(url, { headers: { "X-Auth-Token": this.token } });
    if (!answer.ok) throw new Error(`${url}: HTTP ${answer.status}`);
    return answer.json();
  }
}

function nhnApi({ endpoint, env }: LocalOpenStack): Api {
  return new Api(env["TF_VAR_nhn_token"] ?? "", `${endpoint}${NHN.compute}`, `${endpoint}${NHN.network}`);
}

async function standardApi({ endpoint }: LocalOpenStack): Promise<Api> {
  const user = { name: CREDENTIALS.username, domain: { name: "Default" }, password: CREDENTIALS.password };
  const auth = {
    identity: { methods: ["password"], password: { user } },
    scope: { project: { id: CREDENTIALS.tenantId } },
  };
  const answer = await fetch(`${endpoint}${STANDARD.identity}/auth/tokens`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ auth }),
  });
  const token = answer.headers.get("X-Subject-Token") ?? "";
  return new Api(token, `${endpoint}${STANDARD.compute}`, `${endpoint}${STANDARD.network}`);
}

async function machines(api: Api, names: readonly string[]): Promise<readonly Fact[]> {
  const servers = (await api.servers()).filter(({ name, status }) => names.includes(name) && status === "ACTIVE");
  const ports = await api.networkObjects<PortObject>("ports");
  const reached = new Set(
    (await api.networkObjects<{ readonly port_id: string | null }>("floatingips")).map(({ port_id }) => port_id),
  );
  return Promise.all(
    servers.map(async ({ id, name, flavor }) => {
      const own = ports.filter(({ device_id }) => device_id === id);
      const addresses = own.flatMap(({ fixed_ips }) => fixed_ips.map(({ ip_address }) => ip_address));
      const isReached = own.some((port) => reached.has(port.id));
      return { subject: `machine ${name}`, is: machineInWords(await api.flavorName(flavor.id), addresses, isReached) };
    }),
  );
}

/** Only a subnet's own page says which routing table it is on; one on the VPC's default table is not of ours. */
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
      const out = routes.find((route) => route.routingtable_id === routingtable.id && route.cidr === "0.0.0.0/0");
      const byNat = nats.some(({ fixed_ip }) => fixed_ip === out?.gateway);
      const exit = byNat ? EXITS.nat : routingtable.gateway_id === undefined ? EXITS.none : EXITS.gateway;
      return { subject: `subnet ${cidr}`, is: exit };
    });
}

/** The operator's own network is there before us. */
async function standardSubnets(api: Api): Promise<readonly Fact[]> {
  const networks = await api.networkObjects<NetworkObject>("networks");
  const outside = new Set(networks.filter((network) => network["router:external"]).map(({ id }) => id));
  const subnets = await api.networkObjects<SubnetObject>("subnets");
  const ports = await api.networkObjects<PortObject>("ports");
  const interfaces = ports.filter(({ device_owner }) => device_owner === "network:router_interface");
  const routed = new Set(interfaces.flatMap(({ fixed_ips }) => fixed_ips.map(({ subnet_id }) => subnet_id)));
  return subnets
    .filter(({ network_id }) => !outside.has(network_id))
    .map(({ id, cidr }) => ({ subject: `subnet ${cidr}`, is: routed.has(id) ? EXITS.router : EXITS.none }));
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
