import { ComputeInstanceV2 } from "@cdktf/provider-openstack/lib/compute-instance-v2";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { CloudInit } from "../../boot/cloud-init";
import { forTerraform } from "../../boot/terraform-text";
import { Name } from "../../core/name";
import type { Cloud } from "../cloud";
import type { Connections } from "../network/connections";
import type { IPort } from "../network/port";
import type { ISecurityGroup } from "../network/security-group";
import { SecurityGroup } from "../network/security-group";
import { awaitRules } from "./await-rules";
import type { Disk } from "./disk";
import { dataDisks, rootDisk } from "./disk";
import type { IFlavor } from "./flavor";
import type { IImage } from "./image";
import { checkMachine, noGroup } from "./instance-checks";
import type { IKeyPair } from "./key-pair";
import type { IMachine } from "./machine";
import type { Nic } from "./nic";
import type { IServerGroup } from "./server-group";

const INSTANCE = Symbol.for("groundwork.openstack.Instance");

export interface InstanceProps {
  /** How much of everything it has: `new Flavor(...)`. */
  readonly flavor: IFlavor;
  /** What it starts from: `new Image(...)`. */
  readonly image: IImage;
  readonly keyPair: IKeyPair;
  /** Its interfaces, in the order in which it sees them. The first is the one that others know it by. */
  readonly nics: readonly [Nic, ...Nic[]];
  /**
   * Host name, and name in the dashboard.
   * @default - made from the construct's path
   */
  readonly name?: string;
  /**
   * What may pass at the interfaces that are made with it.
   * @default - a group of its own, shut in both directions
   */
  readonly securityGroups?: readonly [ISecurityGroup, ...ISecurityGroup[]];
  /**
   * Disk that it starts from.
   * @default - 20 GiB of the cloud's usual type, gone with the machine
   */
  readonly rootDisk?: Disk;
  /**
   * Further disks, empty, in their order. To add one makes a new machine; what has to outlive it is a `Volume`.
   * @default - none
   */
  readonly dataDisks?: readonly Disk[];
  /**
   * Zone.
   * @default - the cloud's choice
   */
  readonly zone?: string;
  /**
   * Machines that it is placed with regard to.
   * @default - none
   */
  readonly serverGroup?: IServerGroup;
  /**
   * What it does at its first start.
   * @default - nothing
   */
  readonly boot?: CloudInit;
  /**
   * What has to stand when it starts, beside its own ways in and out.
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
  /**
   * Whether another first start makes a new machine. Without it a machine that exists stays as it was made.
   * @default true
   */
  readonly bootCausesReplacement?: boolean;
}

/**
 * Defines a machine that starts from a volume.
 *
 * Creates its ports, a security group unless it is given some, and the machine. It finds its routes, its floating IP and the
 * rules of its security groups in place when it starts, since it fetches packages then; and it is gone before they are. Newer
 * images do not replace it.
 * Cost: flavor and disks by the hour, also while it is stopped.
 *
 * Errors: OST002 to OST004, OST011 to OST014, OST015, OST016.
 *
 * @example
 * new Instance(this, "Worker", { flavor, image, keyPair, nics: [Nic.in(subnet, { fixedAddress: hosts.address("worker", 1) })] });
 */
export class Instance extends Construct implements IMachine {
  /** Whether something in a tree is such a machine; `instanceof` would not know another copy of this library. */
  static isInstance(thing: object): thing is Instance {
    return INSTANCE in thing;
  }

  readonly name: string;
  readonly instanceId: string;
  readonly fixedAddress: string;
  readonly floatingAddress: string | undefined;
  readonly flavor: string;
  readonly image: string;
  readonly zone: string | undefined;
  readonly securityGroups: readonly ISecurityGroup[];
  readonly ports: readonly IPort[];
  readonly cloud: Cloud;
  readonly [INSTANCE] = true;

  constructor(scope: Construct, id: string, props: InstanceProps) {
    super(scope, id);
    const { flavor, image, nics } = props;
    this.cloud = nics[0].cloud;
    this.name = props.name ?? Name.of(this).toString();
    checkMachine(this, this.name, props);

    this.ports = this.addPorts(props);
    const [first] = this.ports;
    this.fixedAddress = first?.fixedAddress ?? "";
    this.floatingAddress = this.ports.find(({ floatingAddress }) => floatingAddress !== undefined)?.floatingAddress;
    this.securityGroups = first?.securityGroups ?? [];
    this.flavor = flavor.flavorName;
    this.image = image.imageName;
    this.zone = props.zone;
    const resource = this.addServer(props);
    awaitRules(
      resource,
      this.ports.flatMap(({ securityGroups }) => securityGroups),
    );
    this.node.defaultChild = resource;
    this.instanceId = resource.id;
  }

  /** Opens ways to and from it: the rules stand in the first group of its first interface. */
  get connections(): Connections {
    const [group] = this.securityGroups;
    if (group === undefined) throw noGroup(this);
    return group.connections;
  }

  private addPorts({ nics, securityGroups }: InstanceProps): readonly IPort[] {
    const needsGroup = securityGroups === undefined && nics.some(({ isNew }) => isNew);
    const groups = needsGroup
      ? [new SecurityGroup(this, "SecurityGroup", { description: this.name })]
      : (securityGroups ?? []);
    // The first is the machine's face; the others are named by their place in the machine, which is what tells them apart.
    return nics.map((nic, index) => nic.bind(this, index === 0 ? "Port" : `Port-eth${index}`, groups));
  }

  /** What stands before it: what it was told, and its ways in and out. */
  private before({ dependsOn = [] }: InstanceProps): ITerraformDependable[] {
    return [...dependsOn, ...this.ports.flatMap(({ ready }) => [...ready])];
  }

  private addServer(props: InstanceProps): ComputeInstanceV2 {
    const site = { at: this, cloud: this.cloud, flavor: this.flavor };
    const root = rootDisk(site, props.rootDisk, props.image.imageId);
    const disks = [...(root === undefined ? [] : [root]), ...dataDisks(site, props.dataDisks ?? [])];
    const userData = props.boot?.userData(this.cloud.userData, this);
    return new ComputeInstanceV2(this, "Resource", {
      name: this.name,
      flavorId: props.flavor.flavorId,
      keyPair: props.keyPair.keyPairName,
      ...(root === undefined ? { imageId: props.image.imageId } : {}),
      ...(disks.length === 0 ? {} : { blockDevice: disks }),
      network: this.ports.map(({ portId, networkId }) => ({ port: portId, uuid: networkId })),
      ...(props.zone === undefined ? {} : { availabilityZone: props.zone }),
      ...(props.serverGroup === undefined ? {} : { schedulerHints: [{ group: props.serverGroup.serverGroupId }] }),
      ...(userData === undefined ? {} : { userData: forTerraform(userData) }),
      ...vendorOptions(this.cloud),
      lifecycle: { ignoreChanges: [root === undefined ? "image_id" : "block_device[0].uuid", ...kept(props)] },
      dependsOn: this.before(props),
    });
  }
}

/** Where the cloud ends a change of flavor by itself, the provider would wait for a state that is passed by. */
function vendorOptions({ confirmsResize }: Cloud): { vendorOptions?: { ignoreResizeConfirmation: boolean } } {
  return confirmsResize ? { vendorOptions: { ignoreResizeConfirmation: true } } : {};
}

/** What a machine is made with and not held to: a first start happens once. */
function kept({ bootCausesReplacement = true }: InstanceProps): readonly string[] {
  return bootCausesReplacement ? [] : ["user_data"];
}
