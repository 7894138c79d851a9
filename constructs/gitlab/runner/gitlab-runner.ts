import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { Construct } from "constructs";
import type { IEncryptionKey } from "../../aws/encryption/encryption-key";
import type { IGrantee } from "../../aws/iam/grantee";
import type { IRole } from "../../aws/iam/role";
import { Role } from "../../aws/iam/role";
import { Statement } from "../../aws/iam/statement";
import { TrustPolicy } from "../../aws/iam/trust-policy";
import type { Connections, IConnectable } from "../../aws/network/security/connections";
import { SecurityGroup } from "../../aws/network/security/security-group";
import type { ISubnet } from "../../aws/network/subnet";
import { detectSecret } from "../../boot/detect-secret";
import { Name } from "../../core/name";
import { Peer } from "../../core/peer";
import { Port } from "../../core/port";
import { Size } from "../../core/size";
import type { IGitLabServer } from "../server/gitlab-server";
import type { GitLabVersion } from "../gitlab-version";
import { Machine } from "../machine/machine";
import { checkedParameterName, parameterArn } from "../machine/parameter";
import { GLB007, GLB008, GLB009, GLB013, GLB014, GLB015 } from "../rules";
import { runnerBoot } from "./runner-boot";

/** Options of a registration that are the token's: the runner refuses to register with them. Source: its commands page. */
const THE_TOKENS = [
  "locked",
  "access-level",
  "run-untagged",
  "maximum-timeout",
  "paused",
  "tag-list",
  "maintenance-note",
];

/** Options that the first boot says itself. */
const OURS = [
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

export interface GitLabRunnerProps {
  readonly server: IGitLabServer;
  /** Subnet of the machine. */
  readonly subnet: ISubnet;
  /** Who the machine is. Jobs are, too: what the role may, every job may. @default - a role of its own */
  readonly role?: IRole;
  /** Type of instance. @default "t3.medium" */
  readonly instanceType?: string;
  /** Jobs at once. @default 6 */
  readonly concurrent?: number;
  /** Node that jobs find. @default "22.12.0" */
  readonly nodeVersion?: string;
  /** Version of the package. @default - the server's */
  readonly version?: GitLabVersion;
  /** SecureString with the token. @default - the one of the server's configuration */
  readonly tokenParameter?: string;
  /** Whether it gets a public address, to reach out without NAT; nothing reaches in. @default false */
  readonly publicAddress?: boolean;
  /** Further options of its registration, for example `output-limit`. @default - none */
  readonly registerOptions?: Readonly<Record<string, string>>;
  /** Key that encrypts its disk. @default - AWS's own */
  readonly encryptionKey?: IEncryptionKey;
  /** Image, Ubuntu 24.04. @default - the newest when the machine is made */
  readonly image?: string;
}

/**
 * Defines a machine that runs a GitLab project's jobs in a shell, with Node and AWS CLI v2.
 *
 * Creates a role (or takes one), a security group that lets nobody in, and the instance. At the first boot it installs the
 * runner in the server's version, Node for the runner's user, waits for the token that the server hands over, and registers.
 * The shell executor is for trusted projects: jobs share user, files and role. So the role has what jobs need and no more.
 * Cost: the instance, a t3.medium about 30 dollars a month.
 *
 * Errors: GLB007 to GLB009, GLB013 to GLB015.
 *
 * @example
 * const runner = new GitLabRunner(this, "Runner", { server, subnet });
 * site.grants.deploy(runner);
 */
export class GitLabRunner extends Construct implements IConnectable, IGrantee {
  readonly connections: Connections;
  readonly instanceId: string;
  readonly role: IRole;

  constructor(scope: Construct, id: string, props: GitLabRunnerProps) {
    super(scope, id);
    const { server, subnet, concurrent = 6, registerOptions = {}, version = server.version } = props;
    const { nodeVersion = "22.12.0" } = props;
    this.checkNode(nodeVersion);
    const tokenParameter = this.checked(props, concurrent, version, registerOptions);
    this.role = props.role ?? new Role(this, "Role", { trust: TrustPolicy.service("ec2.amazonaws.com") });
    this.grantToken(server, tokenParameter);
    const group = this.addGroup(server);
    this.connections = group.connections;

    const machine = new Machine(this, "Machine", {
      ...{ subnet, group, role: this.role, image: props.image, encryptionKey: props.encryptionKey },
      instanceType: props.instanceType ?? "t3.medium",
      publicAddress: props.publicAddress ?? false,
      rootVolume: Size.gibibytes(40),
      boot: runnerBoot({
        ...{ version, tokenParameter, concurrent, registerOptions, nodeVersion },
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
      throw GLB013.violation({ at: this, given: `concurrent ${concurrent}`, fix: "give a whole number of at least 1" });
    if (!version.matches(server.version))
      throw GLB008.violation({
        at: this,
        given: `runner ${version.toString()}, server ${server.version.toString()}`,
        fix: "leave version out, and the runner is of the server's",
      });
    this.checkOptions(options);
    if (tokenParameter === undefined)
      throw GLB014.violation({
        at: this,
        given: "a server without a configuration, and no tokenParameter",
        fix: "give the server a configuration, or name the SecureString that holds the runner's token",
      });
    return checkedParameterName(tokenParameter);
  }

  private checkNode(version: string): void {
    if (/^\d+\.\d+\.\d+$/.test(version)) return;
    throw GLB015.violation({
      at: this,
      given: `nodeVersion "${version}"`,
      fix: 'write three numbers, for example "22.12.0"',
    });
  }

  private checkOptions(options: Readonly<Record<string, string>>): void {
    for (const [option, value] of Object.entries(options)) {
      if (THE_TOKENS.includes(option))
        throw GLB009.violation({
          at: this,
          given: `--${option}`,
          fix: "say it where the runner is created: it is a property of its token",
        });
      if (OURS.includes(option) || !/^[a-z][a-z0-9.-]*$/.test(option) || /\s/.test(value))
        throw GLB009.violation({ at: this, given: `--${option}`, fix: "leave it out; the first boot says it" });
      const look = detectSecret(value);
      if (look !== undefined)
        throw GLB007.violation({ at: this, given: `--${option} looks like ${look}`, fix: "take it out" });
    }
  }

  private grantToken(server: IGitLabServer, name: string): void {
    const { region } = server.network.zones;
    const account = new DataAwsCallerIdentity(this, "Account").accountId;
    const arn = parameterArn({ partition: region.partition, region: region.name, account }, name);
    this.role.addToPolicy(Statement.allow({ actions: ["ssm:GetParameter"], resources: [arn] }));
  }

  private addGroup(server: IGitLabServer): SecurityGroup {
    const group = new SecurityGroup(this, "SecurityGroup", { network: server.network, description: "GitLab runner" });
    group.connections.allowTo(Peer.anyIpv4(), Port.HTTPS, "packages and AWS");
    group.connections.allowTo(Peer.anyIpv4(), Port.HTTP, "packages of the distribution");
    server.connections.allowFrom(group, server.port, "runner");
    return group;
  }
}
