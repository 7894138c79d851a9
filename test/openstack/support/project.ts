import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Credentials, OpenStackApi } from "@groundwork/local/real-openstack/api";
import { type ProjectProps, RealOpenStack } from "@groundwork/local/real-openstack/real-openstack";
import { terraformEnvironment } from "@groundwork/local/terraform-environment";
import { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { Terraform } from "@groundwork/tooling/terraform/terraform";
import { App, type TerraformStack } from "cdktf";

/** Environment variable with the URL of the identity service. */
const AUTH_URL = "GROUNDWORK_REAL_OPENSTACK";

/** The OpenStack that `npm run test:openstack` has started. */
export async function realOpenStack(): Promise<RealOpenStack> {
  const url = process.env[AUTH_URL];
  if (url === undefined) throw new Error("no OpenStack is running; use npm run test:openstack");
  return RealOpenStack.connect(url);
}

/** A project of its own, and Terraform with its user's credentials. */
export class Project {
  static async create(props: ProjectProps): Promise<Project> {
    const cloud = await realOpenStack();
    const credentials = await cloud.createProject(props);
    return Project.connect(cloud.authUrl, credentials);
  }

  /** A project that exists, also one of the emulator. */
  static async connect(authUrl: string, credentials: Credentials): Promise<Project> {
    return new Project(authUrl, credentials, await OpenStackApi.logIn(authUrl, credentials));
  }

  private readonly directory = mkdtempSync(join(tmpdir(), "groundwork-openstack-"));

  private constructor(
    readonly authUrl: string,
    private readonly credentials: Credentials,
    readonly api: OpenStackApi,
  ) {}

  /** Synthesizes a stack and returns it with Terraform in its directory. The state is kept from one call to the next. */
  async synthesize(
    create: (app: App) => TerraformStack,
  ): Promise<{ stack: TerraformStack; terraform: Terraform; types: readonly string[] }> {
    const outdir = join(this.directory, "out");
    const app = new App({ outdir });
    const stack = create(app);
    app.synth();
    const id = stack.node.id;
    const synthesized = new SynthesizedStack(id, join(outdir, "stacks", id));
    const { userName, password, projectName } = this.credentials;
    const variables = {
      OS_USERNAME: userName,
      OS_PASSWORD: password,
      OS_PROJECT_NAME: projectName,
      OS_USER_DOMAIN_NAME: "Default",
      OS_PROJECT_DOMAIN_NAME: "Default",
    };
    const environment = terraformEnvironment({ endpoint: this.authUrl, directory: this.directory, variables });
    const terraform = new Terraform(synthesized.directory, environment);
    await terraform.init();
    return { stack, terraform, types: [...new Set(synthesized.types)].sort() };
  }

  /** Names of all objects of the project; empty after a complete destroy. */
  async leftovers(): Promise<readonly string[]> {
    const lists = await Promise.all(
      LISTS.map(async ([service, path, kind]) => {
        const objects = await this.api.list<Listed>(service, path);
        return objects
          .filter((object) => (object.project_id ?? this.api.projectId) === this.api.projectId)
          .map((object) => object.keypair?.name ?? object.name ?? object.id ?? "")
          .filter((name) => name !== "default")
          .map((name) => `${kind} ${name}`);
      }),
    );
    return lists.flat();
  }

  /** Numbers of objects that the cloud counts against the project's quotas. */
  async usage(): Promise<Usage> {
    const { api } = this;
    interface Detail {
      readonly used: number;
      readonly limit: number;
    }
    const { quota } = await api.call<{ quota: Readonly<Record<string, Detail>> }>(
      "GET",
      "network",
      `/v2.0/quotas/${api.projectId}/details.json`,
    );
    const used = (name: string): number => quota[name]?.used ?? Number.NaN;
    const { limits } = await api.call<Limits>("GET", "compute", "/limits");
    const { limits: volumes } = await api.call<Limits>("GET", "volumev3", "/limits");
    return {
      machines: limits.absolute["totalInstancesUsed"],
      vCpus: limits.absolute["totalCoresUsed"],
      memory: limits.absolute["totalRAMUsed"],
      volumes: volumes.absolute["totalVolumesUsed"],
      volumeStorage: volumes.absolute["totalGigabytesUsed"],
      networks: used("network"),
      subnets: used("subnet"),
      ports: used("port"),
      routers: used("router"),
      floatingIps: used("floatingip"),
      securityGroups: used("security_group"),
      securityGroupRules: used("security_group_rule"),
    };
  }

  /** Removes the files of Terraform. */
  close(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

export type Usage = Readonly<Record<string, number | undefined>>;

interface Limits {
  readonly limits: { readonly absolute: Readonly<Record<string, number>> };
}

interface Listed {
  readonly id?: string;
  readonly name?: string;
  readonly project_id?: string;
  readonly keypair?: { readonly name: string };
}

const LISTS = [
  ["compute", "/servers", "machine"],
  ["compute", "/os-keypairs", "key pair"],
  ["compute", "/os-server-groups", "server group"],
  ["volumev3", "/volumes", "volume"],
  ["network", "/v2.0/ports", "port"],
  ["network", "/v2.0/routers", "router"],
  ["network", "/v2.0/networks", "network"],
  ["network", "/v2.0/subnets", "subnet"],
  ["network", "/v2.0/floatingips", "floating IP"],
  ["network", "/v2.0/security-groups", "security group"],
] as const;
