import type { IExternalNetwork } from "../../openstack/network/external-network";
import type { ISubnet } from "../../openstack/network/subnet";
import type { ISecurityGroup } from "../../openstack/security/security-group";

/** Network of a platform. The `TwoTierNetwork` of `openstack/` implements it; that of `nhn/` has all but `external`. */
export interface PlatformNetwork {
  /** Subnet with floating IPs. */
  readonly publicSubnet: ISubnet;
  /** Subnet of the cluster. */
  readonly privateSubnet: ISubnet;
  /** External network of the floating IPs. */
  readonly external: IExternalNetwork;
  /** Security group of the machine that administrators connect to. */
  readonly bastion: ISecurityGroup;
}
