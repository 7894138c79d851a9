import { Flavor } from "@groundwork/constructs/openstack/compute/flavor";
import { Image } from "@groundwork/constructs/openstack/compute/image";
import { Instance } from "@groundwork/constructs/openstack/compute/instance";
import { KeyPair } from "@groundwork/constructs/openstack/compute/key-pair";
import type { IMachine } from "@groundwork/constructs/openstack/compute/machine";
import { Nic } from "@groundwork/constructs/openstack/compute/nic";
import { ServerGroup } from "@groundwork/constructs/openstack/compute/server-group";
import { FloatingIp } from "@groundwork/constructs/openstack/network/floating-ip";
import { HostPlan } from "@groundwork/constructs/openstack/network/host-plan";
import type { IExternalNetwork } from "@groundwork/constructs/openstack/network/external-network";
import { SecurityGroup } from "@groundwork/constructs/openstack/network/security-group";
import type { ISecurityGroup } from "@groundwork/constructs/openstack/network/security-group";
import type { ISubnet } from "@groundwork/constructs/openstack/network/subnet";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { FleetSettings } from "./environments/fleet-values";
import { defined } from "./environments/values";

export interface FleetProps {
  readonly settings: FleetSettings;
  /** Where floating IPs can stand; the first control plane has its second interface here. */
  readonly publicSubnet: ISubnet;
  /** Where everything else is. */
  readonly privateSubnet: ISubnet;
  readonly external: IExternalNetwork;
  /** Group of the machine that administrators come to. */
  readonly bastion: ISecurityGroup;
  /** Group of the machines behind it. */
  readonly administered: ISecurityGroup;
}

/** Room for more machines of each kind, so that none that exists moves. */
const ROOMS = {
  "control-plane": { first: 10, hosts: 9 },
  nfs: { first: 19, hosts: 1 },
  worker: { first: 20, hosts: 200 },
};

/** What web traffic comes to: the additional interface of the first control plane. */
const WEB = [Port.HTTP, Port.HTTPS];

/** The machines of a container platform: control planes, workers, and one with the files they share. */
export class Fleet extends Construct {
  readonly controlPlanes: readonly IMachine[];
  readonly workers: readonly IMachine[];
  readonly nfs: IMachine;

  constructor(stack: TerraformStack, props: FleetProps) {
    super(stack, "Fleet");
    const nodes = new SecurityGroup(this, "Nodes", { description: "machines of the platform among themselves" });
    nodes.connections.allowWithin(Port.ALL, "the platform's own traffic");
    const make = this.machines(props, nodes);
    const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
    const apart = new ServerGroup(this, "ControlPlanes");
    this.controlPlanes = numbers(props.settings.controlPlanes).map((number) =>
      make("control-plane", number, { serverGroup: apart, outside: number === 1 ? this.outside(props) : [] }),
    );
    this.workers = numbers(props.settings.workers).map((number) => make("worker", number));
    this.nfs = make("nfs", 1);
  }

  /** Makes machines that differ by kind and number only. */
  private machines({ settings, privateSubnet, administered }: FleetProps, nodes: ISecurityGroup) {
    const shared = {
      flavor: new Flavor(this, "Flavor", { name: settings.flavor, cloud: privateSubnet.cloud }),
      image: new Image(this, "Image", { name: settings.image, cloud: privateSubnet.cloud }),
      keyPair: new KeyPair(this, "KeyPair", settings.keyPair),
      rootDisk: settings.rootDisk,
      ...defined({ zone: settings.zone }),
    };
    const plan = new HostPlan({ subnet: privateSubnet.cidr, rooms: ROOMS, at: this });
    return (
      kind: keyof typeof ROOMS,
      number: number,
      { outside = [], ...rest }: { readonly outside?: readonly Nic[]; readonly serverGroup?: ServerGroup } = {},
    ): IMachine =>
      new Instance(this, `${kind}-${number}`, {
        ...shared,
        ...rest,
        securityGroups: [administered, nodes],
        nics: [Nic.in(privateSubnet, { fixedAddress: plan.address(kind, number) }), ...outside],
      });
  }

  /** The interface that faces the internet, apart from the platform's own traffic. */
  private outside({ publicSubnet, external, bastion }: FleetProps): readonly Nic[] {
    const edge = new SecurityGroup(this, "Edge", { description: "web traffic of the platform" });
    for (const port of WEB) edge.connections.allowFrom(Peer.anyIpv4(), port, "visitors");
    const floatingIp = new FloatingIp(this, "FloatingIp", { external, description: "bastion" });
    const fixedAddress = new HostPlan({ subnet: publicSubnet.cidr, rooms: ROOMS, at: this }).address(
      "control-plane",
      1,
    );
    return [Nic.in(publicSubnet, { fixedAddress, floatingIp, securityGroups: [bastion, edge] })];
  }
}
