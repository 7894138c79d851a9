import { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import { NetworkInterfaceAttachmentA as NetworkInterfaceAttachment } from "@cdktf/provider-aws/lib/network-interface-attachment";
import { Construct } from "constructs";
import { defined } from "../../core/defined";
import { Name } from "../../core/name";
import { type Violation, Violations } from "../../core/violation";
import type { Connections, IConnectable } from "../network/security/connections";
import type { ISecurityGroup } from "../network/security/security-group";
import type { ISubnet } from "../network/subnet";
import { hostViolations } from "./instance-checks";
import { instanceFacts } from "./instance-facts";
import { CMP013 } from "./rules";

/** Properties of {@link InstanceInterface}. */
export interface InstanceInterfaceProps {
  /** Subnet of the interface, in the zone of the machine. */
  readonly subnet: ISubnet;
  /** Security groups of the interface. */
  readonly securityGroups: readonly [ISecurityGroup, ...ISecurityGroup[]];
  /** Position in the guest, from 1: the primary interface has 0. */
  readonly position: number;
  /**
   * Private addresses; the first is the primary one.
   * @default - one that EC2 chooses
   */
  readonly addresses?: readonly string[];
  /**
   * Whether only packets with its own addresses are accepted.
   * @default true
   */
  readonly sourceDestinationCheck?: boolean;
}

/** The machine of an interface. */
export interface InterfaceOwner {
  readonly machine: { readonly instanceId: string; readonly instanceType: string; readonly subnet: ISubnet };
  /** Further interfaces that the machine has already. */
  readonly others: readonly InstanceInterface[];
}

/** A further network interface of a machine. Created by `Instance`, method `addInterface`. */
export class InstanceInterface extends Construct implements IConnectable {
  /** Id of the network interface. */
  readonly networkInterfaceId: string;
  /** Private address. */
  readonly privateIp: string;
  /** Rules of its security group. */
  readonly connections: Connections;
  /** Number of the interface on its machine; the first one is 0. */
  readonly position: number;

  /** @internal */
  constructor(scope: Construct, id: string, props: InstanceInterfaceProps, owner: InterfaceOwner) {
    super(scope, id);
    Violations.throwIfAny([
      ...positionViolations(props, owner, this),
      ...hostViolations(props.addresses ?? [], props.subnet, this),
    ]);
    this.position = props.position;
    this.connections = props.securityGroups[0].connections;
    const resource = new NetworkInterface(this, "Resource", {
      subnetId: props.subnet.subnetId,
      securityGroups: props.securityGroups.map(({ securityGroupId }) => securityGroupId),
      ...defined({
        privateIps: props.addresses === undefined ? undefined : [...props.addresses],
        sourceDestCheck: props.sourceDestinationCheck === false ? false : undefined,
      }),
      tags: { Name: Name.of(this).tag() },
    });
    this.node.defaultChild = resource;
    this.networkInterfaceId = resource.id;
    this.privateIp = resource.privateIp;
    new NetworkInterfaceAttachment(this, "Attachment", {
      networkInterfaceId: resource.id,
      instanceId: owner.machine.instanceId,
      deviceIndex: props.position,
    });
  }
}

function positionViolations(
  { position, subnet }: InstanceInterfaceProps,
  owner: InterfaceOwner,
  at: Construct,
): Violation[] {
  const { machine, others } = owner;
  const most = instanceFacts(machine.instanceType)?.interfaces;
  const isInRange = Number.isInteger(position) && position >= 1 && position <= (most ?? 15) - 1;
  const isTaken = others.some((other) => other.position === position);
  const violation = (given: string, fix: string) => CMP013.violation({ at, given, fix });
  return [
    ...(isInRange && !isTaken
      ? []
      : [
          violation(
            `position ${position}${isTaken ? ", which another interface has" : ` at ${machine.instanceType}`}`,
            `use a free position from 1 to ${(most ?? 15) - 1}`,
          ),
        ]),
    ...(subnet.zone === machine.subnet.zone
      ? []
      : [
          violation(
            `a subnet in zone ${subnet.zone}`,
            `use a subnet in zone ${machine.subnet.zone}, that of the machine`,
          ),
        ]),
  ];
}
