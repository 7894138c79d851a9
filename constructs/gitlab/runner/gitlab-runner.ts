import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { Construct } from "constructs";
import type { IEncryptionKey } from "../../aws/encryption/encryption-key";
import type { IGrantee } from "../../aws/iam/grantee";
import { type IRole, Role } from "../../aws/iam/role";
import { Statement } from "../../aws/iam/statement";
import { TrustPolicy } from "../../aws/iam/trust-policy";
import type { Connections, IConnectable } from "../../aws/network/security/connections";
import { SecurityGroup } from "../../aws/network/security/security-group";
import type { ISubnet } from "../../aws/network/subnet";
import { detectSecret } from "../../boot/detect-secret";
import { isSingleLine } from "../../core/quoting/characters";
import { Name } from "../../core/name";
import { Peer } from "../../core/peer";
import { Port } from "../../core/port";
import { Size } from "../../core/size";
import type { IGitLabServer } from "../server/gitlab-server";
import type { GitLabVersion } from "../gitlab-version";
import { Machine } from "../machine/machine";
import { checkedParameterName, parameterArn } from "../machine/parameter";
import { GLB007, GLB008, GLB009, GLB013, GLB014 } from "../rules";
import type { NodeChecksums } from "./node-checksums";
import { nodeRelease } from "./node-release";
import { runnerBoot } from "./runner-boot";
import { publishedRunner, runnerFor } from "./runner-releases";

/** Registration options that belong to the token: the runner rejects them. Source: GitLab Runner commands. */
const TOKEN_OPTIONS = [
  "locked",
  "access-level",
  "run-untagged",
  "maximum-timeout",
  "paused",
  "tag-list",
  "maintenance-note",
];

/** Registration options that the first boot sets. */
const FIRST_BOOT_OPTIONS = [
  "url",
  "token",
  "registration-token",
  "executor",
  "name",
  "description",
  "clone-url",
  "non-interactive",
  "config",
];

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
    const { server, subnet, concurrent = 6, registerOptions = {} } = props;
    const version = props.version ?? runnerFor(server.version, this);
    const { nodeVersion = "22.12.0" } = props;
    nodeRelease(nodeVersion, props.nodeChecksums, this);
    const tokenParameter = this.checked(props, concurrent, version, registerOptions);
    this.machineRole = new Role(this, "MachineRole", { trust: TrustPolicy.service("ec2.amazonaws.com") });
    this.role = props.role ?? new Role(this, "Role", { trust: TrustPolicy.arn(this.machineRole.roleArn) });
    this.separateRoles(server, tokenParameter);
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
        version,
        tokenParameter,
        concurrent,
        registerOptions,
        nodeVersion,
        nodeChecksums: props.nodeChecksums,
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

  private checked(
    { server, tokenParameter = server.runnerTokenParameter }: GitLabRunnerProps,
    concurrent: number,
    version: GitLabVersion,
    options: Readonly<Record<string, string>>,
  ): string {
    if (!Number.isInteger(concurrent) || concurrent < 1)
      throw GLB013.violation({ at: this, given: `concurrent ${concurrent}`, fix: "use a whole number of at least 1" });
    if (!version.matches(server.version))
      throw GLB008.violation({
        at: this,
        given: `runner ${version.toString()}, server ${server.version.toString()}`,
        fix: "omit version to use the newest runner of the server's minor version",
      });
    publishedRunner(version, this);
    this.checkOptions(options);
    if (tokenParameter === undefined)
      throw GLB014.violation({
        at: this,
        given: "a server without a configuration, and no tokenParameter",
        fix: "configure the server, or set tokenParameter to the name of the SecureString with the runner's token",
      });
    return checkedParameterName(tokenParameter);
  }

  private checkOptions(options: Readonly<Record<string, string>>): void {
    for (const [option, value] of Object.entries(options)) {
      if (TOKEN_OPTIONS.includes(option))
        throw GLB009.violation({
          at: this,
          given: `--${option}`,
          fix: "set it where the runner is created in GitLab: it is a property of its token",
        });
      if (FIRST_BOOT_OPTIONS.includes(option) || !/^[a-z][a-z0-9.-]*$/.test(option))
        throw GLB009.violation({
          at: this,
          given: `--${JSON.stringify(option.slice(0, 60)).slice(1, -1)}`,
          fix: "omit it; the first boot sets such options",
        });
      if (/[\s'"\\`]/.test(value) || !isSingleLine(value))
        throw GLB009.violation({
          at: this,
          given: `--${option} with the value ${JSON.stringify(value.slice(0, 60))}`,
          fix: "use a value without spaces, quotes, backslashes and control characters",
        });
      const look = detectSecret(value);
      if (look !== undefined)
        throw GLB007.violation({ at: this, given: `--${option} looks like ${look}`, fix: "take it out" });
    }
  }

  /**
   * The machine reads its token and assumes the role of the jobs. The jobs' role is denied what belongs to the machine, regardless of what else it is
   * granted.
   */
  private separateRoles(server: IGitLabServer, name: string): void {
    const { region } = server.network.zones;
    const account = new DataAwsCallerIdentity(this, "Account").accountId;
    const arn = parameterArn({ partition: region.partition, region: region.name, account }, name);
    this.machineRole.addToPolicy(
      Statement.allow({ actions: ["ssm:GetParameter"], resources: [arn] }),
      Statement.allow({ sid: "AssumeRoleOfJobs", actions: ["sts:AssumeRole"], resources: [this.role.roleArn] }),
    );
    this.role.addToPolicy(
      Statement.deny({
        sid: "TokenOfTheMachine",
        actions: ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParameterHistory", "ssm:PutParameter"],
        resources: [arn],
      }),
      Statement.deny({ sid: "SessionsOfTheMachine", actions: ["ssmmessages:*"], resources: ["*"] }),
    );
  }

  private addGroup(server: IGitLabServer): SecurityGroup {
    const group = new SecurityGroup(this, "SecurityGroup", { network: server.network, description: "GitLab runner" });
    group.connections.allowTo(Peer.anyIpv4(), Port.HTTPS, "packages and AWS");
    group.connections.allowTo(Peer.anyIpv4(), Port.HTTP, "packages of the distribution");
    server.connections.allowFrom(group, server.port, "runner");
    return group;
  }
}
