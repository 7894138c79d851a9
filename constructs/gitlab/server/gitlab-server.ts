import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { EipAssociation } from "@cdktf/provider-aws/lib/eip-association";
import { VolumeAttachment } from "@cdktf/provider-aws/lib/volume-attachment";
import { Construct } from "constructs";
import type { IConstruct } from "constructs";
import type { IEncryptionKey } from "../../aws/encryption/encryption-key";
import { Role } from "../../aws/iam/role";
import { Statement } from "../../aws/iam/statement";
import { TrustPolicy } from "../../aws/iam/trust-policy";
import type { Connections, IConnectable } from "../../aws/network/security/connections";
import type { INetwork } from "../../aws/network/network";
import { SecurityGroup } from "../../aws/network/security/security-group";
import type { ISubnet } from "../../aws/network/subnet";
import { Bucket } from "../../aws/storage/bucket";
import type { IBucket } from "../../aws/storage/bucket";
import { BucketEncryption } from "../../aws/storage/settings/bucket-encryption";
import { Lifecycle } from "../../aws/storage/settings/lifecycle";
import type { CloudInit } from "../../boot/cloud-init";
import { Name } from "../../core/name";
import { Peer } from "../../core/peer";
import { Port } from "../../core/port";
import { Size } from "../../core/size";
import { Backups } from "./backups";
import { DataVolume } from "./data-volume";
import type { GitLabConfiguration } from "./gitlab-configuration";
import type { GitLabSettings } from "./gitlab-settings";
import { checkedSettings } from "./gitlab-settings";
import type { GitLabVersion } from "../gitlab-version";
import { Machine } from "../machine/machine";
import { parameterArn } from "../machine/parameter";
import { RootPassword } from "./root-password";
import { GLB002, GLB005, GLB006 } from "../rules";
import { serverBoot } from "./server-boot";
import { Sizing } from "./sizing";
import type { Tls } from "./tls";

/** A GitLab server, as a runner sees it. */
export interface IGitLabServer extends IConstruct, IConnectable {
  /** Address that people use. */
  readonly url: string;
  /** Address that machines of the same network use. */
  readonly internalUrl: string;
  readonly version: GitLabVersion;
  /** Port at which both answer. */
  readonly port: Port;
  /** Private address that answers under the URL's host; nothing where the URL is an address, or another's. */
  readonly hostAddress: string | undefined;
  /** Name of the SecureString with the runner's token; nothing when nobody configured one. */
  readonly runnerTokenParameter: string | undefined;
  /** Network of the server; a runner stands in it, too. */
  readonly network: INetwork;
}

export interface GitLabServerProps {
  readonly network: INetwork;
  /** Subnet of the machine and its data. */
  readonly subnet: ISubnet;
  readonly version: GitLabVersion;
  /** How it is reached by TLS. */
  readonly tls: Tls;
  /** Scheme and host that people use. @default - http:// and the public address, without TLS */
  readonly url?: string;
  /** Type of instance. @default "m5.2xlarge" */
  readonly instanceType?: string;
  /** How many people it is meant for. @default - the manual's baseline */
  readonly sizing?: Sizing;
  /** Who may open the web pages and clone over HTTP. @default - the network */
  readonly webClients?: readonly Peer[];
  /** Ports that they reach. @default - those that its way of TLS answers at */
  readonly webPorts?: readonly Port[];
  /** Who may clone over SSH; the internet never. @default - nobody: git works over HTTP */
  readonly sshClients?: readonly Peer[];
  /** Whether it gets a public address that stays. @default false */
  readonly publicAddress?: boolean;
  /** Where everything is that must not be lost. @default - 100 GiB that Terraform refuses to destroy */
  readonly dataVolume?: DataVolume;
  /** Whether and how it is backed up. @default - nightly, kept for 30 days */
  readonly backups?: Backups;
  /** Where the first password of root is found. @default - in the file that the package writes */
  readonly rootPassword?: RootPassword;
  /** Group, project, runner. @default - an empty server */
  readonly configuration?: GitLabConfiguration;
  /** Further settings of `gitlab.rb`. @default - none */
  readonly settings?: GitLabSettings;
  /** Version that stands on the data already. @default - none: no upgrade */
  readonly upgradesFrom?: GitLabVersion;
  /** Key that encrypts disks and backups. @default - AWS's own */
  readonly encryptionKey?: IEncryptionKey;
  /** Image, Ubuntu 24.04. @default - the newest when the machine is made */
  readonly image?: string;
}

/**
 * Defines a GitLab server on a machine of its own, from the package, without a browser.
 *
 * Creates a role, a security group, the instance (IMDSv2, encrypted disks, Session Manager, no open administration port), a data
 * volume that outlives it, an elastic IP where it is public, and two backup buckets. At the first boot it mounts the volume,
 * installs one version with our `gitlab.rb`, waits until it is ready, and carries out its configuration.
 * Cost: the instance dominates (m5.large about 70, m5.2xlarge about 280 dollars a month), then the volume.
 *
 * Errors: GLB001 to GLB007, BOO001, SEC001.
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
  readonly version: GitLabVersion;
  readonly port: Port;
  readonly hostAddress: string | undefined;
  readonly runnerTokenParameter: string | undefined;
  readonly network: INetwork;
  readonly connections: Connections;
  readonly instanceId: string;
  readonly privateIp: string;
  readonly volumeId: string;
  /** Address for health checks from outside: it answers 200 when people can sign in. */
  readonly healthUrl: string;
  private readonly role: Role;

  constructor(scope: Construct, id: string, props: GitLabServerProps) {
    super(scope, id);
    const { network, subnet, tls, publicAddress = false } = props;
    const { instanceType = "m5.2xlarge", sizing = Sizing.baseline() } = props;
    this.checkVersion(props);
    sizing.checked(instanceType, this);
    this.version = props.version;
    this.network = network;
    this.runnerTokenParameter = props.configuration?.runnerTokenParameter;
    this.port = tls.ports[0] ?? Port.HTTPS;

    this.role = new Role(this, "Role", { trust: TrustPolicy.service("ec2.amazonaws.com") });
    const group = this.addGroup(props);
    this.connections = group.connections;
    const address = publicAddress ? new Eip(this, "ElasticIp", { domain: "vpc", tags: this.nameTag }) : undefined;
    this.url = this.addressOf(props, address);
    this.healthUrl = `${this.url}/users/sign_in`;
    this.volumeId = this.addVolume(props);
    this.grantParameters(props);

    const machine = new Machine(this, "Machine", {
      ...{ instanceType, subnet, group, role: this.role, publicAddress, rootVolume: Size.gibibytes(30) },
      ...{ image: props.image, encryptionKey: props.encryptionKey },
      boot: this.boot(props, sizing),
    });
    this.attach(machine, address);
    this.instanceId = machine.instanceId;
    this.privateIp = machine.privateIp;
    // Without TLS there is no name to keep; machines next door save the way over the internet.
    this.internalUrl = tls.kind === "none" ? `http://${machine.privateIp}` : this.url;
    this.hostAddress = tls.kind === "none" || tls.kind === "behind" ? undefined : machine.privateIp;
  }

  private get nameTag(): Readonly<Record<string, string>> {
    return { Name: Name.of(this).toString() };
  }

  private checkVersion({ version, upgradesFrom }: GitLabServerProps): void {
    if (upgradesFrom === undefined) return;
    const [stop] = version.stopsFrom(upgradesFrom);
    const isBack = version.isOlderThan(upgradesFrom);
    if (stop === undefined && !isBack) return;
    throw GLB005.violation({
      at: this,
      given: `an upgrade from ${upgradesFrom.toString()} to ${version.toString()}`,
      fix: isBack
        ? "there is no way back: restore a backup of the older version on an empty volume"
        : `go to the newest ${String(stop)} first, and wait until its background migrations are done`,
    });
  }

  /** What people type: as it was given, or the public address where there is no TLS. */
  private addressOf({ url, tls }: GitLabServerProps, address: Eip | undefined): string {
    if (url !== undefined) return url;
    if (tls.kind !== "none" || address === undefined)
      throw GLB002.violation({
        at: this,
        given: "no url",
        fix: 'say how people will reach the server: url: "https://gitlab.example.com"',
      });
    return `http://${address.publicIp}`;
  }

  private boot(props: GitLabServerProps, sizing: Sizing): CloudInit {
    const { tls, version, network, publicAddress = false } = props;
    return serverBoot({
      ...{ url: this.url, host: tls.checkedHost(this.url, publicAddress, this), tls, version, volumeId: this.volumeId },
      region: network.zones.region.name,
      settings: this.allSettings(props, sizing),
      rootPassword: props.rootPassword ?? RootPassword.inFile(),
      backups: this.addBackups(props),
      configuration: props.configuration,
    });
  }

  private addGroup(props: GitLabServerProps): SecurityGroup {
    const { network, sshClients = [] } = props;
    const group = new SecurityGroup(this, "SecurityGroup", { network, description: "GitLab server" });
    const { connections } = group;
    this.letWebIn(connections, props);
    for (const peer of sshClients) connections.allowFrom(peer, Port.SSH, "git over SSH");
    connections.allowTo(Peer.anyIpv4(), Port.HTTPS, "packages, imports and AWS");
    connections.allowTo(Peer.anyIpv4(), Port.HTTP, "packages of the distribution");
    return group;
  }

  private letWebIn(connections: Connections, { network, tls, webClients, webPorts }: GitLabServerProps): void {
    for (const port of webPorts ?? tls.ports) {
      if (tls.loadBalancer !== undefined) connections.allowFrom(tls.loadBalancer, port, "load balancer");
      else for (const peer of webClients ?? network.peers) connections.allowFrom(peer, port, "web and git over HTTP");
    }
    // Let's Encrypt comes from addresses that it does not publish.
    if (tls.kind === "letsEncrypt" && webClients?.some((peer) => peer.value === "0.0.0.0/0") !== true)
      connections.allowFrom(Peer.anyIpv4(), Port.HTTP, "proof of the name for Lets Encrypt");
  }

  private addVolume({ subnet, network, dataVolume = DataVolume.kept(), encryptionKey }: GitLabServerProps): string {
    const { existing, size, snapshotId, isKept } = dataVolume;
    if (existing !== undefined) {
      if (existing.zone !== subnet.zone)
        throw GLB006.violation({
          at: this,
          given: `volume ${existing.volumeId} in zone ${existing.zone}, the server in zone ${subnet.zone}`,
          fix: `put the server into a subnet of zone ${existing.zone}, or make a copy of the volume from a snapshot`,
        });
      return existing.volumeId;
    }
    return new EbsVolume(this, "Data", {
      availabilityZone: network.zones.region.zone(subnet.zone),
      size: size.toGibibytes(),
      type: "gp3",
      encrypted: true,
      ...(encryptionKey === undefined ? {} : { kmsKeyId: encryptionKey.keyArn }),
      ...(snapshotId === undefined ? {} : { snapshotId }),
      ...(isKept ? { finalSnapshot: true, lifecycle: { preventDestroy: true } } : {}),
      tags: { Name: `${Name.of(this).toString()}-data` },
    }).id;
  }

  private addBackups(props: GitLabServerProps) {
    const plan = props.backups ?? Backups.nightly();
    if (plan.retention === undefined) return undefined;
    const lifecycle = Lifecycle.tidy({ keepObjects: plan.retention, keepNoncurrent: plan.retention });
    const forceDestroy = props.dataVolume !== undefined && !props.dataVolume.isKept;
    const { encryptionKey: key } = props;
    const bucket = (id: string): IBucket =>
      new Bucket(this, id, { lifecycle, forceDestroy, ...(key && { encryption: BucketEncryption.key(key) }) });
    const [data, secrets] = [bucket("DataBackups"), bucket("SecretsBackups")];
    for (const one of [data, secrets]) one.grants.write(this.role);
    return { plan, dataBucket: data.bucketName, secretsBucket: secrets.bucketName };
  }

  /** Exactly the parameters that its steps name. */
  private grantParameters({ network, rootPassword, tls }: GitLabServerProps): void {
    const { region } = network.zones;
    const account = new DataAwsCallerIdentity(this, "Account").accountId;
    const arn = (name: string) => parameterArn({ partition: region.partition, region: region.name, account }, name);
    const grant = (actions: readonly string[], names: readonly (string | undefined)[]) => {
      const resources = names.flatMap((name) => (name === undefined ? [] : [arn(name)]));
      if (resources.length > 0) this.role.addToPolicy(Statement.allow({ actions, resources }));
    };
    grant(["ssm:PutParameter", "ssm:GetParameter"], [this.runnerTokenParameter]);
    grant(["ssm:PutParameter"], [rootPassword?.parameter]);
    grant(["ssm:GetParameter"], [...(tls.parameters ?? [])]);
  }

  private allSettings({ tls, settings = {}, backups, network }: GitLabServerProps, sizing: Sizing): GitLabSettings {
    const checkers = tls.loadBalancer === undefined ? [] : network.peers.map(({ value }) => value);
    return checkedSettings({
      "gitlab_rails['usage_ping_enabled']": false,
      "gitlab_rails['monitoring_whitelist']": ["127.0.0.0/8", "::1/128", ...checkers],
      "high_availability['mountpoint']": "/var/opt/gitlab",
      // On the machine only the newest few are kept; the buckets keep the rest.
      ...(backups?.retention === undefined && backups !== undefined
        ? {}
        : { "gitlab_rails['backup_keep_time']": 172_800 }),
      ...sizing.settings,
      ...tls.settings,
      ...settings,
    });
  }

  private attach(machine: Machine, address: Eip | undefined): void {
    new VolumeAttachment(this, "DataAttachment", {
      deviceName: "/dev/sdf",
      volumeId: this.volumeId,
      instanceId: machine.instanceId,
      // A volume that is still mounted cannot be taken off; the machine goes first.
      stopInstanceBeforeDetaching: true,
    });
    if (address !== undefined)
      new EipAssociation(this, "ElasticIpAssociation", {
        allocationId: address.allocationId,
        instanceId: machine.instanceId,
      });
  }
}
