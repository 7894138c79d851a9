import { CREDENTIALS, NHN, STANDARD } from "@groundwork/local/openstack/account";
import type { OpenStackConnection } from "@groundwork/local/openstack/connection";
import { issueV3Token, type ProjectToken } from "@groundwork/tooling/keystone-v3";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";

/** The compute and network APIs of a cloud. */
export class OpenStackApi {
  /**
   * The APIs of the cloud that contains a stack.
   *
   * @param real - a token of a real OpenStack that contains the stack instead of the emulated one
   */
  static async of(
    connection: OpenStackConnection,
    stack: SynthesizedStack,
    real?: ProjectToken,
  ): Promise<OpenStackApi> {
    if (isOnNhn(stack)) return nhnApi(connection);
    return real === undefined ? standardApi(connection) : realApi(real);
  }

  constructor(
    private readonly token: string,
    private readonly compute: string,
    private readonly network: string,
  ) {}

  /** All machines with their details. */
  servers<T>(): Promise<readonly T[]> {
    return this.list(`${this.compute}/servers/detail`, "servers");
  }

  /** The name of a flavor. */
  async flavorName(id: string): Promise<string> {
    const { flavor } = (await this.get(`${this.compute}/flavors/${id}`)) as { flavor: { name: string } };
    return flavor.name;
  }

  /** All network objects of a kind, such as `ports`; `key` is their name in the response. */
  networkObjects<T>(path: string, key: string = path): Promise<readonly T[]> {
    return this.list(`${this.network}/v2.0/${path}`, key);
  }

  /** One network object, such as the `vpcsubnet` at `vpcsubnets/1`. */
  async networkObject<T>(noun: string, path: string): Promise<T> {
    const response = (await this.get(`${this.network}/v2.0/${path}`)) as Readonly<Record<string, T>>;
    return response[noun] as T;
  }

  /** Deletes a network object, such as `security-group-rules/1`, unless it is deleted already. */
  async deleteNetworkObject(path: string): Promise<void> {
    const url = `${this.network}/v2.0/${path}`;
    const { ok, status } = await fetch(url, { method: "DELETE", headers: { "X-Auth-Token": this.token } });
    if (!ok && status !== 404) throw new Error(`${url}: HTTP ${status}`);
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

/** Whether a stack uses NHN Cloud's own network API. */
export function isOnNhn(stack: SynthesizedStack): boolean {
  return stack.resources("restapi_object").size > 0;
}

function nhnApi({ endpoint, env }: OpenStackConnection): OpenStackApi {
  return new OpenStackApi(env["TF_VAR_nhn_token"] ?? "", `${endpoint}${NHN.compute}`, `${endpoint}${NHN.network}`);
}

async function standardApi({ endpoint }: OpenStackConnection): Promise<OpenStackApi> {
  const { id } = await issueV3Token({
    type: "password",
    authUrl: `${endpoint}${STANDARD.identity}`,
    user: { name: CREDENTIALS.username },
    userDomain: { name: "Default" },
    password: CREDENTIALS.password,
    project: { id: CREDENTIALS.tenantId },
    projectDomain: { name: "Default" },
  });
  return new OpenStackApi(id, `${endpoint}${STANDARD.compute}`, `${endpoint}${STANDARD.network}`);
}

function realApi({ id, services }: ProjectToken): OpenStackApi {
  const urlOf = (type: string): string => (services.find((each) => each.type === type)?.url ?? "").replace(/\/$/, "");
  return new OpenStackApi(id, urlOf("compute"), urlOf("network"));
}
