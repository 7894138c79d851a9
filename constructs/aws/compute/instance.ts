import { Eip } from "@cdktf/provider-aws/lib/eip";
import { EipAssociation } from "@cdktf/provider-aws/lib/eip-association";
import { Instance as InstanceResource, type InstanceConfig } from "@cdktf/provider-aws/lib/instance";
import { Fn, type ITerraformDependable, TerraformLocal } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { CloudInit } from "../../boot/cloud-init";
import { Limit } from "../../boot/limit";
import { forTerraform } from "../../boot/terraform-text";
import { defined } from "../../core/defined";
import { Name } from "../../core/name";
import { Peer } from "../../core/peer";
import { Port } from "../../core/port";
import { Size } from "../../core/size";
import { checkedTags, type Tags } from "../../core/tags";
import type { IGrantee } from "../iam/grantee";
import { InstanceProfile } from "../iam/instance-profile";
import { type IRole, Role } from "../iam/role";
import type { Statement } from "../iam/statement";
import { TrustPolicy } from "../iam/trust-policy";
import { type Connections, type IConnectable } from "../network/security/connections";
import { type ISecurityGroup, SecurityGroup } from "../network/security/security-group";
import type { ISubnet } from "../network/subnet";
import type { Zones } from "../region";
import { resourceId } from "../resource-id";
import type { BootScript } from "./boot-script";
import type { DataDisk } from "./data-disk";
import { DataDiskVolume } from "./data-disk-volume";
import { Disk } from "./disk";
import { withMounts } from "./disk-mounts";
import { Image } from "./image";
import { checkInstance, isCloudInit } from "./instance-checks";
import { instanceFacts } from "./instance-facts";
import { architectureOf } from "./instance-type";
import { METADATA_OPTIONS } from "./metadata-options";
import { InstanceInterface, type InstanceInterfaceProps } from "./instance-interface";
import { PublicAddress } from "./public-address";
import { Purchase } from "./purchase";
import { grantSessionManager } from "./session-manager";

/** A machine, created here or existing. */
export interface IInstance extends IConstruct, IConnectable, IGrantee {
  /** Id of the machine. */
  readonly instanceId: string;
  /** Private address of the primary interface. */
  readonly privateIp: string;
}

/** Attributes of an existing machine. */
export interface InstanceAttributes {
  /** Id of the machine. */
  readonly instanceId: string;
  /** Private address. */
  readonly privateIp: string;
  /** Id of the security group. */
  readonly securityGroupId: string;
  /** ARN of the role of its instance profile. */
  readonly roleArn: string;
}

/** Properties of {@link Instance}. */
export interface InstanceProps {
  /** Network of the machine. */
  readonly network: { readonly networkId: string; readonly zones: Zones };
  /** Subnet of the machine and zone of its data disks. */
  readonly subnet: ISubnet;
  /** Instance type. Its processor determines the architecture of the image. */
  readonly instanceType: string;
  /**
   * Image at creation; a newer one does not replace the machine.
   * @default - the newest Amazon Linux 2023
   */
  readonly image?: Image;
  /**
   * First boot: typed, or a script.
   * @default - only the mounts of the data disks
   */
  readonly boot?: CloudInit | BootScript;
  /**
   * Whether another first boot replaces the machine. If not, an existing machine stays unchanged.
   * @default true
   */
  readonly bootCausesReplacement?: boolean;
  /**
   * On-demand or spot instance.
   * @default - on demand
   */
  readonly purchase?: Purchase;
  /**
   * Disk of the system, which is deleted with the machine.
   * @default - gp3, 20 GiB
   */
  readonly rootDisk?: Disk;
  /**
   * Disks with data, by name. They survive the replacement of the machine and can grow.
   * @default - none
   */
  readonly dataDisks?: Readonly<Record<string, DataDisk>>;
  /**
   * Public address.
   * @default - none
   */
  readonly publicAddress?: PublicAddress;
  /**
   * Fixed private address in the subnet; changing it replaces the machine.
   * @default - chosen by EC2
   */
  readonly privateAddress?: string;
  /**
   * Further private addresses of the primary interface.
   * @default - none
   */
  readonly secondaryAddresses?: readonly string[];
  /**
   * Whether the machine only accepts and sends packets with its own address; false for routers, NAT and VPN.
   * @default true
   */
  readonly sourceDestinationCheck?: boolean;
  /**
   * Security groups of the primary interface.
   * @default - a new group that allows outbound HTTPS, and HTTP for the packages of Ubuntu
   */
  readonly securityGroups?: readonly [ISecurityGroup, ...ISecurityGroup[]];
  /**
   * Role of the machine; its trust policy must allow `ec2.amazonaws.com`. Permissions granted before are created before the machine.
   * @default - a new role
   */
  readonly role?: IRole;
  /**
   * Whether administrators log in through Session Manager, which needs no open port and no key.
   * @default true
   */
  readonly sessionManager?: boolean;
  /**
   * Whether EC2 rejects the termination of the machine; also by Terraform, until it is false.
   * @default false
   */
  readonly terminationProtection?: boolean;
  /**
   * Whether EC2 rejects stopping the machine, also by Terraform.
   * @default false
   */
  readonly stopProtection?: boolean;
  /**
   * Whether EC2 moves the machine to other hardware when its host fails.
   * @default true
   */
  readonly autoRecovery?: boolean;
  /**
   * Whether metrics have one value per minute instead of one per five minutes, for an extra charge.
   * @default false
   */
  readonly detailedMonitoring?: boolean;
  /**
   * Tags of the machine and its data disks, in addition to `Name`.
   * @default - none
   */
  readonly tags?: Tags;
  /**
   * Tags of the root disk. Backups select disks by tags.
   * @default - those of the machine
   */
  readonly rootDiskTags?: Tags;
  /**
   * Resources that must exist when the machine starts, in addition to its routes and permissions.
   * @default - none
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines a machine (EC2 instance).
 *
 * Creates, unless they are given, a role with an instance profile and a security group; the volumes of the data disks; the instance, whose
 * metadata is available with a token and one hop away only; their attachments, and the Elastic IP. Administrators log in through Session
 * Manager. The machine is created after its routes and permissions, and destroyed before them.
 *
 * Cost: the instance by the second (t4g.small about $12 a month), its disks by the GiB and month, each public IPv4 address $3.65 a month.
 *
 * Errors: CMP001 to CMP013, AWS005, BOO001, TAG001.
 *
 * @example
 * const web = new Instance(this, "Web", { network, subnet, instanceType: "t4g.small", image: Image.ubuntu("24.04"), boot });
 * web.connections.allowFrom(loadBalancer, Port.HTTP, "requests");
 * artifacts.grants.read(web);
 */
export class Instance extends Construct implements IInstance {
  /** An existing machine. */
  static fromAttributes(scope: Construct, id: string, attributes: InstanceAttributes): IInstance {
    class Import extends Construct implements IInstance {
      readonly instanceId = resourceId(attributes.instanceId, "instance", this);
      readonly privateIp = attributes.privateIp;
      readonly connections = SecurityGroup.fromId(this, "SecurityGroup", attributes.securityGroupId).connections;
      private readonly role = Role.fromArn(this, "Role", attributes.roleArn);

      addToPolicy(...statements: readonly Statement[]): void {
        this.role.addToPolicy(...statements);
      }
    }
    return new Import(scope, id);
  }

  /** Id of the machine. */
  readonly instanceId: string;
  /** ARN of the machine. */
  readonly instanceArn: string;
  /** Private address of the primary interface. */
  readonly privateIp: string;
  /** Public address; undefined without one. */
  readonly publicIp: string | undefined;
  /** Primary interface, for routes to this machine. */
  readonly networkInterfaceId: string;
  /** Rules of its security group. */
  readonly connections: Connections;
  /** Subnet of the machine. */
  readonly subnet: ISubnet;
  /** Instance type. */
  readonly instanceType: string;
  /** Volume ids of the data disks, by name. */
  readonly volumeIds: Readonly<Record<string, string>>;
  private readonly resource: InstanceResource;
  private readonly interfaces: InstanceInterface[] = [];
  private machineRole: IRole | undefined;

  constructor(scope: Construct, id: string, props: InstanceProps) {
    super(scope, id);
    const { image = Image.amazonLinux2023(), rootDisk = Disk.gp3({ size: Size.gibibytes(20) }) } = props;
    checkInstance(this, props, image, rootDisk);
    this.subnet = props.subnet;
    this.instanceType = props.instanceType;

    const groups = props.securityGroups ?? [this.createGroup(props, image)];
    this.connections = groups[0].connections;
    const profile = this.createProfile(props);
    const disks = this.createDataDisks(props);
    this.volumeIds = Object.fromEntries(disks.map(([name, { volumeId }]) => [name, volumeId]));
    this.resource = new InstanceResource(this, "Resource", {
      ami: image.imageIdFor(this, architectureOf(props.instanceType)),
      instanceType: props.instanceType,
      ...this.placement(props, groups),
      ...this.userData(props, image, disks),
      ...this.settings(props, rootDisk),
      ...defined({ iamInstanceProfile: profile }),
      dependsOn: [...(this.machineRole?.permissions ?? []), ...props.subnet.routing, ...(props.dependsOn ?? [])],
    });
    this.node.defaultChild = this.resource;
    this.instanceId = this.resource.id;
    this.instanceArn = this.resource.arn;
    this.privateIp = this.resource.privateIp;
    this.networkInterfaceId = this.resource.primaryNetworkInterfaceId;
    for (const [, disk] of disks) disk.attachTo(this.instanceId);
    this.publicIp = this.createAddress(props);
  }

  /** Role of the machine; created with the first permission if the machine has none yet. */
  get role(): IRole {
    if (this.machineRole === undefined) {
      this.machineRole = this.createRole();
      this.resource.iamInstanceProfile = this.profileOf(this.machineRole);
    }
    return this.machineRole;
  }

  /** Adds statements to the policy of the role. */
  addToPolicy(...statements: readonly Statement[]): void {
    this.role.addToPolicy(...statements);
  }

  /** Adds a further network interface, for example in another subnet of the same zone. */
  addInterface(id: string, props: InstanceInterfaceProps): InstanceInterface {
    const added = new InstanceInterface(this, id, props, { machine: this, others: this.interfaces });
    this.interfaces.push(added);
    return added;
  }

  private createGroup({ network, boot }: InstanceProps, image: Image): SecurityGroup {
    const group = new SecurityGroup(this, "SecurityGroup", {
      network,
      description: `machine ${Name.of(this).prefix(GROUP)}`,
    });
    group.connections.allowTo(Peer.anyIpv4(), Port.HTTPS, "AWS and packages");
    if (boot !== undefined && image.system === "ubuntu")
      group.connections.allowTo(Peer.anyIpv4(), Port.HTTP, "packages of Ubuntu");
    return group;
  }

  /** The instance profile; undefined for a machine without permissions. */
  private createProfile({ role, sessionManager: isManaged = true }: InstanceProps): string | undefined {
    this.machineRole = role ?? (isManaged ? this.createRole() : undefined);
    if (this.machineRole === undefined) return undefined;
    if (isManaged) grantSessionManager(this.machineRole);
    return this.profileOf(this.machineRole);
  }

  private createRole(): Role {
    return new Role(this, "Role", { trust: TrustPolicy.service("ec2.amazonaws.com") });
  }

  private profileOf(role: IRole): string {
    return new InstanceProfile(this, "Profile", { role }).instanceProfileName;
  }

  private createDataDisks({
    dataDisks = {},
    subnet,
    network,
    tags = {},
  }: InstanceProps): (readonly [string, DataDiskVolume])[] {
    return Object.entries(dataDisks).map(([name, dataDisk]) => [
      name,
      new DataDiskVolume(this, `disk-${name}`, {
        dataDisk,
        zone: subnet.zone,
        zoneName: network.zones.region.zone(subnet.zone),
        tags: checkedTags(tags, this, 1),
      }),
    ]);
  }

  private placement(props: InstanceProps, groups: readonly ISecurityGroup[]): Partial<InstanceConfig> {
    const { subnet, publicAddress = PublicAddress.none(), privateAddress, secondaryAddresses = [] } = props;
    return {
      subnetId: subnet.subnetId,
      vpcSecurityGroupIds: groups.map(({ securityGroupId }) => securityGroupId),
      ...defined({
        associatePublicIpAddress: publicAddress.isAssignedAtLaunch,
        privateIp: privateAddress,
        secondaryPrivateIps: secondaryAddresses.length === 0 ? undefined : [...secondaryAddresses],
        sourceDestCheck: props.sourceDestinationCheck === false ? false : undefined,
      }),
    };
  }

  private userData(
    { boot, bootCausesReplacement = true }: InstanceProps,
    image: Image,
    disks: readonly (readonly [string, DataDiskVolume])[],
  ): Partial<InstanceConfig> {
    const mounts = disks.flatMap(([name, { volumeId, device, mount }]) =>
      mount === undefined ? [] : [{ name, volumeId, device, mount }],
    );
    if (boot === undefined && mounts.length === 0) return {};
    const replacement = { userDataReplaceOnChange: bootCausesReplacement };
    if (boot !== undefined && !isCloudInit(boot)) return { userData: boot.text, ...replacement };
    const typed = withMounts(
      boot ?? (image.system === "ubuntu" ? CloudInit.ubuntu() : CloudInit.amazonLinux()),
      mounts,
    );
    // A local value, so that the user data is readable in the synthesized file.
    const text = new TerraformLocal(this, "UserData", forTerraform(typed.userData(Limit.EC2, this)));
    return { userDataBase64: Fn.base64gzip(text.asString), ...replacement };
  }

  private settings(props: InstanceProps, rootDisk: Disk): Partial<InstanceConfig> {
    const tags = { ...checkedTags(props.tags ?? {}, this, 1), Name: Name.of(this).tag() };
    const rootTags = props.rootDiskTags === undefined ? tags : checkedTags(props.rootDiskTags, this);
    const ignored = ["ami", ...(props.bootCausesReplacement === false ? ["user_data", "user_data_base64"] : [])];
    return {
      ...switches(props),
      metadataOptions: METADATA_OPTIONS,
      rootBlockDevice: {
        encrypted: true,
        volumeType: rootDisk.type,
        volumeSize: rootDisk.size.toGibibytes(),
        ...rootDisk.performance,
        ...defined({
          kmsKeyId: rootDisk.encryptionKey?.keyArn,
          tags: Object.keys(rootTags).length === 0 ? undefined : rootTags,
        }),
      },
      tags,
      lifecycle: { ignoreChanges: ignored },
    };
  }

  private createAddress({
    publicAddress = PublicAddress.none(),
    dependsOn = [],
    subnet,
  }: InstanceProps): string | undefined {
    const { kind, allocationId } = publicAddress;
    if (kind === "none") return undefined;
    if (kind === "dynamic") return this.resource.publicIp;
    if (allocationId !== undefined)
      return new EipAssociation(this, "ElasticIpAssociation", { allocationId, instanceId: this.instanceId }).publicIp;
    const address = { domain: "vpc", instance: this.instanceId, tags: { Name: Name.of(this).tag() } };
    return new Eip(this, "ElasticIp", { ...address, dependsOn: [...subnet.routing, ...dependsOn] }).publicIp;
  }
}

/** The path of the machine as a part of a description of its security group. */
const GROUP = { service: "security group description", maxLength: 200, pattern: /^[\w .-]+$/ };

/** Arguments that are omitted at their defaults. */
function switches(props: InstanceProps): Partial<InstanceConfig> {
  const ifSet = (value: boolean | undefined) => (value === true ? true : undefined);
  return defined({
    ebsOptimized: instanceFacts(props.instanceType)?.iops === 0 ? undefined : true,
    monitoring: ifSet(props.detailedMonitoring),
    disableApiTermination: ifSet(props.terminationProtection),
    disableApiStop: ifSet(props.stopProtection),
    maintenanceOptions: props.autoRecovery === false ? { autoRecovery: "disabled" } : undefined,
    instanceMarketOptions: marketOptions(props.purchase ?? Purchase.onDemand()),
  });
}

function marketOptions(purchase: Purchase): InstanceConfig["instanceMarketOptions"] {
  const { spotOptions, priceLimit } = purchase;
  if (spotOptions === undefined) return undefined;
  const { interruption = "terminate" } = spotOptions;
  return {
    marketType: "spot",
    spotOptions: {
      instanceInterruptionBehavior: interruption,
      // A machine that starts again after an interruption needs a request that stays open.
      spotInstanceType: interruption === "terminate" ? "one-time" : "persistent",
      ...defined({ maxPrice: priceLimit }),
    },
  };
}
