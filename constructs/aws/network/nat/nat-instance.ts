import { TerraformResource, type TerraformResourceLifecycle } from "cdktf";
import { Construct } from "constructs";
import { Peer } from "../../../core/peer";
import { Port } from "../../../core/port";
import { Size } from "../../../core/size";
import { isToken } from "../../../core/token";
import { BootScript } from "../../compute/boot-script";
import { Disk } from "../../compute/disk";
import { Image } from "../../compute/image";
import { Instance } from "../../compute/instance";
import { architectureOf, isInstanceType } from "../../compute/instance-type";
import { PublicAddress } from "../../compute/public-address";
import { NET018 } from "../rules";
import type { NatSite } from "./nat";
import { SecurityGroup } from "../security/security-group";
import type { ISubnet } from "../subnet";

/** Enables IP forwarding and masquerading with nftables; both settings persist across restarts. */
const BOOT = BootScript.of(`#!/bin/bash
set -euo pipefail
dnf install -y nftables
echo 'net.ipv4.ip_forward = 1' > /etc/sysctl.d/90-nat.conf
sysctl --system
interface=$(ip -o -4 route show to default | awk '{ print $5; exit }')
cat > /etc/sysconfig/nftables.conf <<RULES
flush ruleset
table ip nat {
  chain postrouting {
    type nat hook postrouting priority srcnat;
    oifname "$interface" masquerade
  }
}
RULES
systemctl enable --now nftables
`);

/** Settings of a NAT instance. */
export interface NatInstanceProps {
  /**
   * Letter of the zone of the machine.
   * @default - the zone that was the first one when the machine was created
   */
  readonly zone?: string;
  /**
   * Instance type. The image requires arm64 (AWS Graviton).
   * @default "t4g.nano"
   */
  readonly instanceType?: string;
}

/**
 * Defines a machine in a public subnet that forwards traffic of private tiers. Created by `Nat.instance()`.
 *
 * Creates the instance with an elastic IP, an encrypted volume and a security group that accepts the private tiers.
 * The image is selected once: a newer image does not replace the machine, which would interrupt all connections through it.
 */
export class NatInstance extends Construct {
  readonly networkInterfaceId: string;

  constructor(
    scope: Construct,
    id: string,
    site: NatSite,
    props: NatInstanceProps & { readonly subnet: ISubnet; readonly lifecycle?: TerraformResourceLifecycle },
  ) {
    super(scope, id);
    const group = new SecurityGroup(this, "SecurityGroup", { network: site, description: "NAT instance" });
    for (const client of site.clients)
      group.connections.allowFrom(client, Port.ALL, `outbound traffic of ${client.value}`);
    group.connections.allowTo(Peer.anyIpv4(), Port.ALL, "forwarded traffic");
    const machine = new Instance(this, "Default", {
      network: site,
      subnet: props.subnet,
      instanceType: this.checkedType(props.instanceType ?? "t4g.nano"),
      image: Image.amazonLinux2023(),
      boot: BOOT,
      rootDisk: Disk.gp3({ size: Size.gibibytes(8) }),
      // A machine without a role: it only forwards traffic.
      sessionManager: false,
      securityGroups: [group],
      sourceDestinationCheck: false,
      publicAddress: PublicAddress.elastic(),
      rootDiskTags: {},
      dependsOn: [site.internetGateway],
    });
    this.keepIn(machine, props.lifecycle);
    this.node.defaultChild = machine.node.defaultChild;
    this.networkInterfaceId = machine.networkInterfaceId;
  }

  /** Adds the lifecycle of a machine whose zone is not specified. */
  private keepIn(machine: Instance, lifecycle: TerraformResourceLifecycle | undefined): void {
    const { defaultChild } = machine.node;
    if (lifecycle === undefined || !TerraformResource.isTerraformResource(defaultChild)) return;
    const ignored = Array.isArray(lifecycle.ignoreChanges) ? lifecycle.ignoreChanges : [];
    defaultChild.lifecycle = { ...lifecycle, ignoreChanges: ["ami", ...ignored] };
  }

  private checkedType(instanceType: string): string {
    if (isToken(instanceType)) return instanceType;
    if (isInstanceType(instanceType) && architectureOf(instanceType) === "arm64") return instanceType;
    throw NET018.violation({
      at: this,
      given: `instance type "${instanceType}"`,
      fix: 'use a Graviton type, for example "t4g.nano" or "c7gn.medium"',
    });
  }
}
