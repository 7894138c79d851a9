import { AutoscalingGroup, type AutoscalingGroupConfig } from "@cdktf/provider-aws/lib/autoscaling-group";
import { type ITerraformDependable, Lazy } from "cdktf";
import { Construct } from "constructs";
import type { CloudInit } from "../../../boot/cloud-init";
import { defined } from "../../../core/defined";
import type { Duration } from "../../../core/duration";
import { Name } from "../../../core/name";
import { Peer } from "../../../core/peer";
import { Port } from "../../../core/port";
import { Size } from "../../../core/size";
import { checkedTags, type Tags } from "../../../core/tags";
import type { IGrantee } from "../../iam/grantee";
import { InstanceProfile } from "../../iam/instance-profile";
import { type IRole, Role } from "../../iam/role";
import type { Statement } from "../../iam/statement";
import { TrustPolicy } from "../../iam/trust-policy";
import { AUTO_SCALING_GROUP_PREFIX } from "../../limits";
import { partitionFor } from "../../provider-settings";
import type { ITargetGroup } from "../../load-balancer/target-group";
import type { Connections, IConnectable } from "../../network/security/connections";
import { type ISecurityGroup, SecurityGroup } from "../../network/security/security-group";
import type { ISubnet } from "../../network/subnet";
import type { BootScript } from "../boot-script";
import { Disk } from "../disk";
import { Image } from "../image";
import { architectureOf } from "../instance-type";
import { Purchase } from "../purchase";
import { grantSessionManager } from "../session-manager";
import { Draining } from "./draining";
import { checkFleet } from "./fleet-checks";
import type { FleetSize } from "./fleet-size";
import { FleetSchedule } from "./fleet-schedule";
import { FleetTemplate } from "./fleet-template";
import { InstanceRefresh } from "./instance-refresh";
import { type MachineType, nameOf, typesOf } from "./machine-type";
import { FleetPolicy, type ScalingPolicy } from "./scaling-policy";
import type { Schedule } from "./schedule";

/** Properties of {@link Fleet}. */
export interface FleetProps {
  /** Network of the machines. */
  readonly network: { readonly networkId: string };
  /** Subnets of the machines, one per zone. */
  readonly subnets: readonly ISubnet[];
  /** Instance types of one architecture, the preferred one first: `"m7g.large"`, or `{ type: "m7g.xlarge", weight: 2 }`. */
  readonly instanceTypes: readonly [MachineType, ...MachineType[]];
  /** Number of machines; with weights the sum of the weights. */
  readonly size: FleetSize;
  /**
   * On-demand or spot instances. Spot instances are bought in the pools with the most spare capacity among the instance types.
   * @default - on demand
   */
  readonly purchase?: Purchase;
  /**
   * Number of machines of a spot fleet that are always on demand.
   * @default 0
   */
  readonly onDemandBase?: number;
  /**
   * Image of new machines.
   * @default - Amazon Linux 2023
   */
  readonly image?: Image;
  /**
   * Whether a newer image replaces the machines at the next apply.
   * @default false
   */
  readonly followsImage?: boolean;
  /**
   * First boot: typed, or a script.
   * @default - none
   */
  readonly boot?: CloudInit | BootScript;
  /**
   * Disk of each machine, deleted with it.
   * @default - gp3, 20 GiB
   */
  readonly rootDisk?: Disk;
  /**
   * Target groups in which the machines are registered; with one, a machine that its load balancer finds unhealthy is replaced.
   * @default - none
   */
  readonly targetGroups?: readonly ITargetGroup[];
  /**
   * Time until a new machine works: until then its health is not checked and its metrics do not count.
   * @default - five minutes
   */
  readonly warmUp?: Duration;
  /**
   * What happens to running machines when the template changes.
   * @default - a rolling refresh that restores the previous machines when it fails
   */
  readonly refresh?: InstanceRefresh;
  /**
   * Values that the fleet keeps by adding and removing machines.
   * @default - none
   */
  readonly scaling?: readonly ScalingPolicy[];
  /**
   * Times at which the size changes, by name.
   * @default - none
   */
  readonly schedules?: Readonly<Record<string, Schedule>>;
  /**
   * Time that a machine has before it is terminated, 30 seconds to two hours; it ends earlier with `complete-lifecycle-action`.
   * @default - none: machines are terminated at once
   */
  readonly draining?: Duration;
  /**
   * Age at which a machine is replaced, one day to a year.
   * @default - none
   */
  readonly maxAge?: Duration;
  /**
   * Security groups of the machines.
   * @default - a new group that allows outbound HTTPS, and HTTP for the packages of Ubuntu
   */
  readonly securityGroups?: readonly [ISecurityGroup, ...ISecurityGroup[]];
  /**
   * Role of the machines.
   * @default - a new role
   */
  readonly role?: IRole;
  /**
   * Whether administrators log in through Session Manager.
   * @default true
   */
  readonly sessionManager?: boolean;
  /**
   * Whether the machines have public addresses.
   * @default false
   */
  readonly publicAddresses?: boolean;
  /**
   * Whether metrics have one value per minute, for an extra charge; policies react faster.
   * @default false
   */
  readonly detailedMonitoring?: boolean;
  /**
   * Tags of the group, its machines and their disks, in addition to `Name`.
   * @default - none
   */
  readonly tags?: Tags;
  /**
   * Resources that must exist when machines start, in addition to their routes and permissions.
   * @default - none
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines a group of equal machines that replaces failed ones and can vary in size (Auto Scaling group with a launch template).
 *
 * Creates, unless they are given, a role with an instance profile and a security group; the launch template; the group, whose machines are
 * replaced when the template changes; its scaling policies, schedules and the hook for draining. The group has a generated name, so that a
 * replacement exists before the old group is deleted.
 *
 * Cost: the machines and their disks; the group itself is free of charge.
 *
 * Errors: CMP001 to CMP005, CMP010, CMP011, CMP014 to CMP020, BOO001, TAG001.
 *
 * @example
 * new Fleet(this, "Web", {
 *   network, subnets: network.subnetsOf("private"), instanceTypes: ["m7g.large", "m6g.large"],
 *   size: FleetSize.between(2, 10), purchase: Purchase.spot(), onDemandBase: 2, scaling: [ScalingPolicy.cpu(60)],
 * });
 */
export class Fleet extends Construct implements IConnectable, IGrantee {
  /** Name of the Auto Scaling group. */
  readonly autoScalingGroupName: string;
  /** ARN of the Auto Scaling group. */
  readonly autoScalingGroupArn: string;
  /** Rules of its security group. */
  readonly connections: Connections;
  /** Role of the machines. */
  readonly role: IRole;

  constructor(scope: Construct, id: string, props: FleetProps) {
    super(scope, id);
    const {
      image = Image.amazonLinux2023(),
      rootDisk = Disk.gp3({ size: Size.gibibytes(20) }),
      targetGroups = [],
    } = props;
    checkFleet(this, props, image, rootDisk);
    const groups = props.securityGroups ?? [this.createGroup(props, image)];
    this.connections = groups[0].connections;
    this.role = props.role ?? new Role(this, "Role", { trust: TrustPolicy.service("ec2.amazonaws.com") });
    if (props.sessionManager !== false) grantSessionManager(this.role);

    const template = this.createTemplate(props, { image, rootDisk, groups });
    const group = new AutoscalingGroup(this, "Resource", {
      namePrefix: namePrefix(this),
      vpcZoneIdentifier: props.subnets.map(({ subnetId }) => subnetId),
      ...machinesOf(props, template),
      ...healthOf(props),
      ...this.tagsOf(props),
      ...sizeOf(props),
      dependsOn: [
        ...this.role.permissions,
        ...props.subnets.flatMap(({ routing }) => routing),
        ...(props.dependsOn ?? []),
      ],
    });
    this.node.defaultChild = group;
    this.autoScalingGroupName = group.name;
    this.autoScalingGroupArn = group.arn;
    for (const targetGroup of targetGroups) targetGroup.addMember(this);
    this.addChanges(props);
  }

  /** Adds statements to the policy of the role. */
  addToPolicy(...statements: readonly Statement[]): void {
    this.role.addToPolicy(...statements);
  }

  private createGroup({ network, boot }: FleetProps, image: Image): SecurityGroup {
    const group = new SecurityGroup(this, "SecurityGroup", { network, description: "machines of a fleet" });
    group.connections.allowTo(Peer.anyIpv4(), Port.HTTPS, "AWS and packages");
    if (boot !== undefined && image.system === "ubuntu")
      group.connections.allowTo(Peer.anyIpv4(), Port.HTTP, "packages of Ubuntu");
    return group;
  }

  private createTemplate(
    props: FleetProps,
    parts: { readonly image: Image; readonly rootDisk: Disk; readonly groups: readonly ISecurityGroup[] },
  ): FleetTemplate {
    const [first] = props.instanceTypes;
    return new FleetTemplate(this, "Template", {
      image: parts.image,
      architecture: architectureOf(nameOf(first)),
      boot: props.boot,
      disk: parts.rootDisk,
      groups: parts.groups,
      instanceProfileArn: new InstanceProfile(this, "Profile", { role: this.role }).instanceProfileArn,
      hasPublicAddress: props.publicAddresses ?? false,
      detailedMonitoring: props.detailedMonitoring ?? false,
      followsImage: props.followsImage ?? false,
      instanceType: isMixed(props) ? undefined : nameOf(first),
      tags: checkedTags(props.tags ?? {}, this, 1),
    });
  }

  /** Tags of the group itself; those of machines and disks are in the template. */
  private tagsOf({ tags = {} }: FleetProps): Pick<AutoscalingGroupConfig, "tag"> {
    const all = { ...checkedTags(tags, this, 1), Name: Name.of(this).tag() };
    return { tag: Object.entries(all).map(([key, value]) => ({ key, value, propagateAtLaunch: false })) };
  }

  private addChanges({ scaling = [], schedules = {}, draining }: FleetProps): void {
    const groupName = this.autoScalingGroupName;
    for (const policy of scaling) new FleetPolicy(this, `policy-${policy.id}`, { groupName, policy });
    for (const [name, schedule] of Object.entries(schedules))
      new FleetSchedule(this, `schedule-${name}`, { groupName, schedule });
    if (draining === undefined) return;
    new Draining(this, "Draining", { groupName, time: draining });
    this.role.addToPolicy(Draining.permission(this.groupArnPattern));
  }

  /** Without a reference to the group, which depends on the permissions of its machines. */
  private get groupArnPattern(): string {
    const partition = Lazy.stringValue({ produce: () => partitionFor(this).name });
    return `arn:${partition}:autoscaling:*:*:autoScalingGroup:*:autoScalingGroupName/${namePrefix(this)}*`;
  }
}

/** Whether the group chooses between several types or purchasing options. */
function isMixed({ instanceTypes, purchase = Purchase.onDemand() }: FleetProps): boolean {
  return instanceTypes.length > 1 || purchase.isSpot || typeof instanceTypes[0] !== "string";
}

/** Template and, for several types or spot instances, the distribution over them. */
function machinesOf(props: FleetProps, { templateId, version }: FleetTemplate): Partial<AutoscalingGroupConfig> {
  const { purchase = Purchase.onDemand(), onDemandBase = 0 } = props;
  if (!isMixed(props)) return { launchTemplate: { id: templateId, version } };
  return {
    mixedInstancesPolicy: {
      instancesDistribution: {
        onDemandAllocationStrategy: "prioritized",
        onDemandBaseCapacity: onDemandBase,
        onDemandPercentageAboveBaseCapacity: purchase.isSpot ? 0 : 100,
        spotAllocationStrategy: "price-capacity-optimized",
        ...defined({ spotMaxPrice: purchase.priceLimit }),
      },
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId: templateId, version },
        override: typesOf(props.instanceTypes).map(({ type, weight }) => ({
          instanceType: type,
          ...defined({ weightedCapacity: weight === undefined ? undefined : String(weight) }),
        })),
      },
    },
    // Replaces a spot instance that is likely to be interrupted before it is.
    ...(purchase.isSpot ? { capacityRebalance: true } : {}),
  };
}

function sizeOf({
  size,
  scaling = [],
  schedules = {},
}: FleetProps): Pick<AutoscalingGroupConfig, "minSize" | "maxSize" | "desiredCapacity" | "lifecycle"> {
  const hasOwner = scaling.length > 0 || Object.keys(schedules).length > 0;
  // A schedule also changes the bounds; the next one would undo what an apply sets.
  const ignored = [
    ...(hasOwner ? ["desired_capacity"] : []),
    ...(Object.keys(schedules).length > 0 ? ["min_size", "max_size"] : []),
  ];
  return {
    minSize: size.min,
    maxSize: size.max,
    desiredCapacity: size.desired,
    lifecycle: { createBeforeDestroy: true, ...(ignored.length > 0 ? { ignoreChanges: ignored } : {}) },
  };
}

function healthOf(props: FleetProps): Partial<AutoscalingGroupConfig> {
  const { targetGroups = [], refresh = InstanceRefresh.rolling(), maxAge } = props;
  const warmUp = props.warmUp?.toSeconds() ?? 300;
  return {
    healthCheckType: targetGroups.length > 0 ? "ELB" : "EC2",
    healthCheckGracePeriod: warmUp,
    defaultInstanceWarmup: warmUp,
    ...defined({
      targetGroupArns: targetGroups.length > 0 ? targetGroups.map(({ targetGroupArn }) => targetGroupArn) : undefined,
      maxInstanceLifetime: maxAge?.toSeconds(),
      instanceRefresh: refresh.argument,
    }),
    // An apply does not wait until all machines run: the first boot of the first machine may take longer than Terraform waits.
    waitForCapacityTimeout: "0",
  };
}

/** Prefix of the name of a group, to which the provider appends a suffix. */
function namePrefix(fleet: Construct): string {
  return `${Name.of(fleet).prefix(AUTO_SCALING_GROUP_PREFIX)}-`;
}
