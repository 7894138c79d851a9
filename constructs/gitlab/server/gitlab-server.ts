import { Eip } from "@cdktf/provider-aws/lib/eip";
import { EipAssociation } from "@cdktf/provider-aws/lib/eip-association";
import { Construct, type IConstruct } from "constructs";
import type { IEncryptionKey } from "../../aws/encryption/encryption-key";
import { type IRole, Role } from "../../aws/iam/role";
import { TrustPolicy } from "../../aws/iam/trust-policy";
import type { Connections, IConnectable } from "../../aws/network/security/connections";
import type { INetwork } from "../../aws/network/network";
import type { ISubnet } from "../../aws/network/subnet";
import type { CloudInit } from "../../boot/cloud-init";
import { defined } from "../../core/defined";
import { Name } from "../../core/name";
import type { Peer } from "../../core/peer";
import { Port } from "../../core/port";
import { Size } from "../../core/size";
import type { Backups } from "./backups";
import type { DataVolume } from "./data-volume";
import type { GitLabConfiguration } from "./gitlab-configuration";
import { checkedSettings, type GitLabSettings } from "./gitlab-settings";
import type { GitLabVersion } from "../gitlab-version";
import { Machine } from "../machine/machine";
import type { SameMachineRunner } from "../runner/same-machine-runner";
import { RootPassword } from "./root-password";
import { GLB002, GLB005, GLB020 } from "../rules";
import { type InstalledRunner, installRunner } from "./server-runner";
import { createSecurityGroup, grantParameters } from "./server-access";
import { serverBoot } from "./server-boot";
import { attachDataVolume, createBackupBuckets, createDataVolume } from "./server-storage";
import { GitLabSizing } from "./gitlab-sizing";
import type { Tls } from "./tls";

/** A GitLab server, as runners use it. */
export interface IGitLabServer extends IConstruct, IConnectable {
  /** URL for users. */
  readonly url: string;
  /** URL for machines in the same network. */
  readonly internalUrl: string;
  /** Version of GitLab. */
  readonly version: GitLabVersion;
  /** Port of both URLs. */
  readonly port: Port;
  /** Private address for the host of the URL; undefined if the host is an address or belongs to a load balancer. */
  readonly hostAddress: string | undefined;
  /** Name of the SecureString with the runner's token; undefined without a configuration. */
  readonly runnerTokenParameter: string | undefined;
  /** Network of the server and of its runners. */
  readonly network: INetwork;
}

/** Properties of {@link GitLabServer}. */
export interface GitLabServerProps {
  /** Network of the server. */
  readonly network: INetwork;
  /** Subnet of the machine and its data volume. */
  readonly subnet: ISubnet;
  /** Version of the GitLab package. */
  readonly version: GitLabVersion;
  /** TLS termination and certificates. */
  readonly tls: Tls;
  /** Scheme and host for users. @default - http:// and the public address, without TLS */
  readonly url?: string;
  /** Instance type. @default "m5.2xlarge" */
  readonly instanceType?: string;
  /** Number of users that the machine is sized for. @default - the baseline of the GitLab manual */
  readonly sizing?: GitLabSizing;
  /** Clients of the web interface and of git over HTTP. @default - the network */
  readonly webClients?: readonly Peer[];
  /** Ports open to web clients. @default - the ports of the TLS variant */
  readonly webPorts?: readonly Port[];
  /** Clients of git over SSH; the internet is rejected. @default - none: git works over HTTP */
  readonly sshClients?: readonly Peer[];
  /** Whether the server has an elastic IP. @default false */
  readonly publicAddress?: boolean;
  /** Volume for all persistent data. @default - 100 GiB, protected from destruction by Terraform */
  readonly dataVolume?: DataVolume;
  /** Schedule and retention of backups. @default - nightly, kept for 30 days */
  readonly backups?: Backups;
  /** Location of the initial root password. @default - the file that the package writes */
  readonly rootPassword?: RootPassword;
  /** Group, project and runner to configure. @default - none: an empty server */
  readonly configuration?: GitLabConfiguration;
  /** Runner on the same machine, for labs. @default - none: `GitLabRunner` has a machine of its own */
  readonly runner?: SameMachineRunner;
  /** Additional settings of `gitlab.rb`. @default - none */
  readonly settings?: GitLabSettings;
  /** Version that last used the data volume. @default - none: no upgrade */
  readonly upgradesFrom?: GitLabVersion;
  /** Key that encrypts disks and backups. @default - keys managed by AWS */
  readonly encryptionKey?: IEncryptionKey;
  /** ID of an image with Ubuntu 24.04. @default - the newest image at creation */
  readonly image?: string;
}

/**
 * Defines a GitLab server on its own machine, installed from the package and configured without a browser.
 *
 * Creates a role, a security group, the instance (IMDSv2, encrypted disks, Session Manager, no open administration port), a data
 * volume that is independent of the instance, an elastic IP if it is public, and two backup buckets. The first boot mounts the
 * volume, installs the given version with a generated `gitlab.rb`, waits until it is ready, and applies its configuration.
 * Cost: mainly the instance (m5.large about $70, m5.2xlarge about $280 a month), then the volume.
 *
 * Errors: GLB001 to GLB007, GLB020, BOO001, SEC001.
 *
 * @example
 * const server = new GitLabServer(this, "Server", {
 *   network, subnet, version: GitLabVersion.of("18.11.2"),
 *   tls: Tls.letsEncrypt({ contact: "ops@example.com" }), url: "https://gitlab.example.com", publicAddress: true,
 * });
 */
export class GitLabServer extends Construct implements IGitLabServer {
  readonly url: string;
  readonly internalUrl: string;
  /** Version. */
  readonly version: GitLabVersion;
  readonly port: Port;
  readonly hostAddress: string | undefined;
  readonly runnerTokenParameter: string | undefined;
  readonly network: INetwork;
  /** Rules of its security group. */
  readonly connections: Connections;
  /** Id of the machine. */
  readonly instanceId: string;
  /** Private address. */
  readonly privateIp: string;
  /** Id of the volume. */
  readonly volumeId: string;
  /** URL for external health checks: it returns 200 when users can sign in. */
  readonly healthUrl: string;
  private readonly role: Role;
  private readonly runner: InstalledRunner | undefined;

  constructor(scope: Construct, id: string, props: GitLabServerProps) {
    super(scope, id);
    const { network, subnet, tls, publicAddress = false, image, encryptionKey } = props;
    const { instanceType = "m5.2xlarge", sizing = GitLabSizing.baseline() } = props;
    this.checkVersion(props);
    sizing.checked(instanceType, this);
    this.version = props.version;
    this.network = network;
    this.runnerTokenParameter = props.configuration?.runnerTokenParameter;
    this.port = tls.ports[0] ?? Port.HTTPS;

    this.role = new Role(this, "Role", { trust: TrustPolicy.service("ec2.amazonaws.com") });
    const group = createSecurityGroup(this, props);
    this.connections = group.connections;
    const address = publicAddress ? this.createElasticIp() : undefined;
    this.url = this.urlFor(props, address);
    this.healthUrl = `${this.url}/users/sign_in`;
    this.volumeId = createDataVolume(this, props);
    const parameterArn = grantParameters(this, props, this.role);
    this.runner = installRunner(this, { ...props, machine: this.role, parameterArn });

    const machine = new Machine(this, "Machine", {
      instanceType,
      network,
      subnet,
      group,
      role: this.role,
      publicAddress,
      rootVolume: rootVolumeFor(this.runner),
      image,
      encryptionKey,
      boot: this.boot(props, sizing),
    });
    attachDataVolume(this, this.volumeId, machine);
    if (address !== undefined) this.associate(address, machine);
    this.instanceId = machine.instanceId;
    this.privateIp = machine.privateIp;
    // Without TLS there is no host name to verify, so machines of the network use the private address directly.
    this.internalUrl = tls.kind === "none" ? `http://${machine.privateIp}` : this.url;
    this.hostAddress = tls.isTerminatedByServer ? machine.privateIp : undefined;
  }

  /** Role of the jobs of the runner on its machine, for grants. Errors: GLB020 without such a runner. */
  get jobRole(): IRole {
    if (this.runner !== undefined) return this.runner.jobRole;
    throw GLB020.violation({
      at: this,
      given: "a server without a runner",
      fix: "set runner: SameMachineRunner.of(), or grant the permissions to the GitLabRunner",
    });
  }

  private createElasticIp(): Eip {
    return new Eip(this, "ElasticIp", { domain: "vpc", tags: { Name: Name.of(this).tag() } });
  }

  private associate({ allocationId }: Eip, { instanceId }: Machine): void {
    new EipAssociation(this, "ElasticIpAssociation", { allocationId, instanceId });
  }

  private checkVersion({ version, upgradesFrom }: GitLabServerProps): void {
    if (upgradesFrom === undefined) return;
    const [stop] = version.stopsFrom(upgradesFrom);
    const isDowngrade = version.isOlderThan(upgradesFrom);
    if (stop === undefined && !isDowngrade) return;
    throw GLB005.violation({
      at: this,
      given: `an upgrade from ${upgradesFrom.toString()} to ${version.toString()}`,
      fix: isDowngrade
        ? "downgrades are not supported: restore a backup of the older version on an empty volume"
        : `upgrade to the newest ${String(stop)} first, and wait until its background migrations are done`,
    });
  }

  /** The given URL, or the public address without TLS. */
  private urlFor({ url, tls }: GitLabServerProps, address: Eip | undefined): string {
    if (url !== undefined) return url;
    if (tls.kind !== "none" || address === undefined)
      throw GLB002.violation({
        at: this,
        given: "no url",
        fix: 'set the URL for users, for example url: "https://gitlab.example.com"',
      });
    return `http://${address.publicIp}`;
  }

  private boot(props: GitLabServerProps, sizing: GitLabSizing): CloudInit {
    const { tls, version, network, publicAddress = false, rootPassword = RootPassword.inFile(), configuration } = props;
    const server = serverBoot({
      url: this.url,
      host: tls.checkedHost(this.url, publicAddress, this),
      tls,
      version,
      volumeId: this.volumeId,
      region: network.zones.region.name,
      settings: allSettings(props, sizing),
      rootPassword,
      backups: createBackupBuckets(this, props, this.role),
      configuration,
      hasRunner: this.runner !== undefined,
    });
    return this.runner === undefined ? server : server.with(...this.runner.parts(this.url));
  }
}

/** Files of jobs are not on the data volume. */
function rootVolumeFor(runner: InstalledRunner | undefined): Size {
  return Size.gibibytes(runner === undefined ? 30 : 60);
}

function allSettings(
  { tls, settings = {}, backups, network }: GitLabServerProps,
  sizing: GitLabSizing,
): GitLabSettings {
  const healthCheckers = tls.loadBalancer === undefined ? [] : network.peers.map(({ value }) => value);
  const hasBackups = backups === undefined || backups.retention !== undefined;
  return checkedSettings({
    "gitlab_rails['usage_ping_enabled']": false,
    "gitlab_rails['monitoring_whitelist']": ["127.0.0.0/8", "::1/128", ...healthCheckers],
    "high_availability['mountpoint']": "/var/opt/gitlab",
    // The machine keeps only the backups of the last two days; the buckets keep the others.
    ...defined({ "gitlab_rails['backup_keep_time']": hasBackups ? 172_800 : undefined }),
    ...sizing.settings,
    ...tls.settings,
    ...settings,
  });
}
