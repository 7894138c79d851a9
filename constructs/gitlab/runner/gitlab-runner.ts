import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { Construct } from "constructs";
import type { IEncryptionKey } from "../../aws/encryption/encryption-key";
import type { IGrantee } from "../../aws/iam/grantee";
import { type IRole, Role } from "../../aws/iam/role";
import type { Statement } from "../../aws/iam/statement";
import { TrustPolicy } from "../../aws/iam/trust-policy";
import type { Connections, IConnectable } from "../../aws/network/security/connections";
import { SecurityGroup } from "../../aws/network/security/security-group";
import type { ISubnet } from "../../aws/network/subnet";
import { Name } from "../../core/name";
import { Peer } from "../../core/peer";
import { Port } from "../../core/port";
import { Size } from "../../core/size";
import type { IGitLabServer } from "../server/gitlab-server";
import type { GitLabVersion } from "../gitlab-version";
import { Machine } from "../machine/machine";
import { parameterArn } from "../machine/parameter";
import type { NodeChecksums } from "./node-checksums";
import { runnerBoot } from "./runner-boot";
import { runnerSettings } from "./runner-settings";
import { separateRoles } from "./separate-roles";

/** Properties of {@link GitLabRunner}. */
export interface GitLabRunnerProps {
  /** Server at which the runner registers. */
  readonly server: IGitLabServer;
  /** Subnet of the machine. */
  readonly subnet: ISubnet;
  /**
   * Role of the jobs. Its trust policy must allow the role of the machine, `<path of the runner>-machine-role`, to assume it.
   * @default - a role created for the runner
   */
  readonly role?: IRole;
  /** Instance type. @default "t3.medium" */
  readonly instanceType?: string;
  /** Number of concurrent jobs. @default 6 */
  readonly concurrent?: number;
  /** Version of Node for jobs. @default "22.12.0" */
  readonly nodeVersion?: string;
  /** SHA-256 of the archives of Node, from its SHASUMS256.txt. @default - those of the versions that the library knows */
  readonly nodeChecksums?: NodeChecksums;
  /** Version of the runner package. @default - the newest published patch of the server's minor version */
  readonly version?: GitLabVersion;
  /** Name of the SecureString with the token. @default - the parameter of the server's configuration */
  readonly tokenParameter?: string;
  /** Whether the machine has a public address, for egress without NAT; ingress stays closed. @default false */
  readonly publicAddress?: boolean;
  /** Additional registration options, for example `output-limit`. @default - none */
  readonly registerOptions?: Readonly<Record<string, string>>;
  /** Key that encrypts the disk. @default - a key managed by AWS */
  readonly encryptionKey?: IEncryptionKey;
  /** ID of an image with Ubuntu 24.04. @default - the newest image at creation */
  readonly image?: string;
}

/**
 * Defines a machine that runs the jobs of a GitLab project with the shell executor, with Node and AWS CLI v2.
 *
 * Creates a role for the machine, a role for the jobs (unless given), a security group without ingress rules, and the instance. The
 * first boot installs the runner in the server's version and Node for the runner's user, waits for the token of the server, and
 * registers. Jobs cannot use the machine's role: the metadata service is blocked for them, and they get temporary credentials of
 * their own role. The shell executor is for trusted projects only: jobs share user, files and role. Therefore grant the role only what
 * jobs need.
 * Cost: the instance, about $30 a month for a t3.medium.
 *
 * Errors: GLB007 to GLB009, GLB013 to GLB017.
 *
 * @example
 * const runner = new GitLabRunner(this, "Runner", { server, subnet });
 * site.grants.deploy(runner);
 */
export class GitLabRunner extends Construct implements IConnectable, IGrantee {
  /** Rules of its security group. */
  readonly connections: Connections;
  /** Id of the machine. */
  readonly instanceId: string;
  /** Role of the jobs. */
  readonly role: IRole;
  private readonly machineRole: Role;

  constructor(scope: Construct, id: string, props: GitLabRunnerProps) {
    super(scope, id);
    const { server, subnet } = props;
    const settings = runnerSettings(props, { server, concurrent: 6, at: this });
    this.machineRole = new Role(this, "MachineRole", { trust: TrustPolicy.service("ec2.amazonaws.com") });
    this.role = props.role ?? new Role(this, "Role", { trust: TrustPolicy.arn(this.machineRole.roleArn) });
    const token = this.tokenArn(server, settings.tokenParameter);
    separateRoles({ machine: this.machineRole, jobs: this.role, token });
    const group = this.addGroup(server);
    this.connections = group.connections;

    const machine = new Machine(this, "Machine", {
      network: server.network,
      subnet,
      group,
      role: this.machineRole,
      image: props.image,
      encryptionKey: props.encryptionKey,
      instanceType: props.instanceType ?? "t3.medium",
      publicAddress: props.publicAddress ?? false,
      rootVolume: Size.gibibytes(40),
      boot: runnerBoot({
        ...settings,
        jobRoleArn: this.role.roleArn,
        serverUrl: server.internalUrl,
        serverAddress: server.hostAddress,
        region: server.network.zones.region.name,
        name: Name.of(this).toString(),
      }),
    });
    this.instanceId = machine.instanceId;
  }

  addToPolicy(...statements: readonly Statement[]): void {
    this.role.addToPolicy(...statements);
  }

  private tokenArn({ network }: IGitLabServer, name: string): string {
    const { region } = network.zones;
    const account = new DataAwsCallerIdentity(this, "Account").accountId;
    return parameterArn({ partition: region.partition, region: region.name, account }, name);
  }

  private addGroup(server: IGitLabServer): SecurityGroup {
    const group = new SecurityGroup(this, "SecurityGroup", { network: server.network, description: "GitLab runner" });
    group.connections.allowTo(Peer.anyIpv4(), Port.HTTPS, "packages and AWS");
    group.connections.allowTo(Peer.anyIpv4(), Port.HTTP, "packages of the distribution");
    server.connections.allowFrom(group, server.port, "runner");
    return group;
  }
}
