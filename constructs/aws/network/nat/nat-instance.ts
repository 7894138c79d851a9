import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import type { TerraformResourceLifecycle } from "cdktf";
import { Construct } from "constructs";
import { Name } from "../../../core/name";
import { Peer } from "../../../core/peer";
import { Port } from "../../../core/port";
import { isWholeToken } from "../../../core/token";
import { NET018 } from "../rules";
import type { NatSite } from "./nat";
import { SecurityGroup } from "../security/security-group";
import type { ISubnet } from "../subnet";

/** Public SSM parameter with the id of the newest Amazon Linux 2023 image for arm64. */
const IMAGE = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64";

/** Enables IP forwarding and masquerading with nftables; both settings persist across restarts. */
const USER_DATA = `#!/bin/bash
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
`;

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
    const tags = { Name: Name.of(this).tag() };
    const group = new SecurityGroup(this, "SecurityGroup", { network: site, description: "NAT instance" });
    for (const client of site.clients)
      group.connections.allowFrom(client, Port.ALL, `outbound traffic of ${client.value}`);
    group.connections.allowTo(Peer.anyIpv4(), Port.ALL, "forwarded traffic");
    const image = new DataAwsSsmParameter(this, "Image", { name: IMAGE });
    const instance = new Instance(this, "Resource", {
      ami: image.insecureValue,
      instanceType: this.checkedType(props.instanceType ?? "t4g.nano"),
      subnetId: props.subnet.subnetId,
      vpcSecurityGroupIds: [group.securityGroupId],
      sourceDestCheck: false,
      ebsOptimized: true,
      userData: USER_DATA,
      userDataReplaceOnChange: true,
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      rootBlockDevice: { encrypted: true, volumeType: "gp3", volumeSize: 8 },
      tags,
      lifecycle: {
        ...props.lifecycle,
        ignoreChanges: ["ami", ...(Array.isArray(props.lifecycle?.ignoreChanges) ? props.lifecycle.ignoreChanges : [])],
      },
      dependsOn: [site.internetGateway],
    });
    new Eip(this, "ElasticIp", { domain: "vpc", instance: instance.id, tags, dependsOn: [site.internetGateway] });
    this.node.defaultChild = instance;
    this.networkInterfaceId = instance.primaryNetworkInterfaceId;
  }

  private checkedType(instanceType: string): string {
    if (
      isWholeToken(instanceType) ||
      /^(a1|[a-z]+\d+g[a-z]*)\.(nano|micro|small|medium|metal|\d*x?large)$/.test(instanceType)
    )
      return instanceType;
    throw NET018.violation({
      at: this,
      given: `instance type "${instanceType}"`,
      fix: 'use a Graviton type, for example "t4g.nano" or "c7gn.medium"',
    });
  }
}
