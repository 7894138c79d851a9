import { ComputeInstanceV2 } from "@groundwork/provider-openstack/lib/compute-instance-v2";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { CloudInit } from "../../boot/cloud-init";
import { forTerraform } from "../../boot/terraform-text";
import { defined } from "../../core/defined";
import { escapeTerraform } from "../../core/token";
import type { Cloud } from "../cloud";
import type { IPort } from "../network/port";
import type { Connections } from "../security/connections";
import { type ISecurityGroup, SecurityGroup } from "../security/security-group";
import { dataDisks, type Disk, rootDisk } from "./disk";
import type { IFlavor } from "./flavor";
import { defaultHostName } from "./host-name";
import type { IImage } from "./image";
import { checkMachine, noGroupViolation } from "./instance-checks";
import type { IKeyPair } from "./key-pair";
import type { IMachine } from "./machine";
import type { Nic } from "./nic";
import { dependOnRules } from "./rule-dependencies";
import type { IServerGroup } from "./server-group";

const INSTANCE = Symbol.for("groundwork.openstack.Instance");

/** If the cloud confirms a resize by itself, the provider would wait for a status that the machine has already left. */
const IGNORE_RESIZE_CONFIRMATION = { ignoreResizeConfirmation: true };

/** Properties of {@link Instance}. */
export interface InstanceProps {
  /** Size of the machine: `new Flavor(...)`. */
  readonly flavor: IFlavor;
  /** Image of the root disk: `new Image(...)`. A newer image does not replace the machine. */
  readonly image: IImage;
  /** Key that logs in: `new KeyPair(...)`. */
  readonly keyPair: IKeyPair;
  /** Network interfaces in the order of the guest: `Nic.in(subnet, ...)` or `Nic.existing(port)`. The first is the primary one. */
  readonly nics: readonly [Nic, ...Nic[]];
  /**
   * Host name, and name in the dashboard.
   * @default - derived from the construct's path
   */
  readonly name?: string;
  /**
   * Security groups of the interfaces that are created with the machine.
   * @default - a new group without rules
   */
  readonly securityGroups?: readonly [ISecurityGroup, ...ISecurityGroup[]];
  /**
   * Root disk: `size`, `type`, `keep`. Flavors `u2.*` of NHN Cloud include their disk and accept none.
   * @default - 20 GiB of the cloud's default type, deleted with the machine
   */
  readonly rootDisk?: Disk;
  /**
   * Further, empty disks. An additional disk replaces the machine; use a `Volume` for data that must outlive the machine.
   * @default - none
   */
  readonly dataDisks?: readonly Disk[];
  /**
   * Availability zone.
   * @default - chosen by the cloud
   */
  readonly zone?: string;
  /**
   * Server group that determines the placement: `new ServerGroup(...)`.
   * @default - none
   */
  readonly serverGroup?: IServerGroup;
  /**
   * First-boot program.
   * @default - none
   */
  readonly boot?: CloudInit;
  /**
   * Resources that must exist when the machine starts, in addition to its routes, floating IP and rules.
   * @default - none
   */
  readonly dependsOn?: readonly ITerraformDependable[];
  /**
   * Whether a change of `boot` replaces the machine. If not, an existing machine stays unchanged.
   * @default true
   */
  readonly bootCausesReplacement?: boolean;
}

/**
 * Defines a machine that boots from a volume.
 *
 * Creates its ports, a security group unless groups are given, and the machine. The machine is created after its routes, its floating
 * IP and the rules of its security groups, because it installs packages at first boot; it is destroyed before them. Newer images do
 * not replace it. Cost: flavor and disks per hour, also while the machine is stopped.
 *
 * Errors: OST002 to OST004, OST011 to OST013, OST015, OST016.
 *
 * @example
 * new Instance(this, "Worker", { flavor, image, keyPair, nics: [Nic.in(subnet, { fixedAddress: hosts.address("worker", 1) })] });
 */
export class Instance extends Construct implements IMachine {
  /** Whether a construct is an `Instance`; `instanceof` fails for another copy of this library. */
  static isInstance(thing: object): thing is Instance {
    return INSTANCE in thing;
  }

  readonly name: string;
  /** Id of the machine. */
  readonly instanceId: string;
  readonly fixedAddress: string;
  readonly floatingAddress: string | undefined;
  readonly flavor: string;
  readonly image: string;
  readonly zone: string | undefined;
  readonly securityGroups: readonly ISecurityGroup[];
  readonly ports: readonly IPort[];
  /** Cloud of the resource, which determines its limits and defaults. */
  readonly cloud: Cloud;
  readonly [INSTANCE] = true;

  constructor(scope: Construct, id: string, props: InstanceProps) {
    super(scope, id);
    const { flavor, image, nics } = props;
    this.cloud = nics[0].cloud;
    this.name = props.name ?? defaultHostName(this);
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
    dependOnRules(
      resource,
      this.ports.flatMap(({ securityGroups }) => securityGroups),
    );
    this.node.defaultChild = resource;
    this.instanceId = resource.id;
  }

  /** Rules of the machine. They are added to the first group of its first interface. */
  get connections(): Connections {
    const [group] = this.securityGroups;
    if (group === undefined) throw noGroupViolation(this);
    return group.connections;
  }

  private addPorts({ nics, securityGroups }: InstanceProps): readonly IPort[] {
    const needsGroup = securityGroups === undefined && nics.some(({ isNew }) => isNew);
    const groups = needsGroup
      ? [new SecurityGroup(this, "SecurityGroup", { description: this.name })]
      : (securityGroups ?? []);
    // The first port has no suffix; the others are identified by their position in the guest.
    return nics.map((nic, index) => nic.bind(this, index === 0 ? "Port" : `Port-eth${index}`, groups));
  }

  /** Given dependencies, and the routes and floating IPs of the ports. */
  private dependencies({ dependsOn = [] }: InstanceProps): ITerraformDependable[] {
    return [...dependsOn, ...this.ports.flatMap(({ ready }) => [...ready])];
  }

  private addServer(props: InstanceProps): ComputeInstanceV2 {
    const context = { at: this, cloud: this.cloud, flavor: this.flavor };
    const root = rootDisk(context, props.rootDisk, props.image.imageId);
    const disks = [...(root === undefined ? [] : [root]), ...dataDisks(context, props.dataDisks ?? [])];
    const userData = props.boot?.userData(this.cloud.userData, this);
    return new ComputeInstanceV2(this, "Resource", {
      name: this.name,
      flavorId: props.flavor.flavorId,
      keyPair: escapeTerraform(props.keyPair.keyPairName),
      network: this.ports.map(({ portId, networkId }) => ({ port: portId, uuid: networkId })),
      ...defined({
        imageId: root === undefined ? props.image.imageId : undefined,
        blockDevice: disks.length === 0 ? undefined : disks,
        availabilityZone: escaped(props.zone),
        schedulerHints: props.serverGroup && [{ group: props.serverGroup.serverGroupId }],
        userData: userData === undefined ? undefined : forTerraform(userData),
        vendorOptions: this.cloud.confirmsResize ? IGNORE_RESIZE_CONFIRMATION : undefined,
      }),
      lifecycle: {
        ignoreChanges: [root === undefined ? "image_id" : "block_device[0].uuid", ...ignoredArguments(props)],
      },
      dependsOn: this.dependencies(props),
    });
  }
}

/** Arguments whose changes do not affect an existing machine: a first boot happens once. */
function ignoredArguments({ bootCausesReplacement = true }: InstanceProps): readonly string[] {
  return bootCausesReplacement ? [] : ["user_data"];
}

function escaped(text: string | undefined): string | undefined {
  return text === undefined ? undefined : escapeTerraform(text);
}
