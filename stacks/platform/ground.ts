import type { IExternalNetwork } from "@groundwork/constructs/openstack/network/external-network";
import type { ISecurityGroup } from "@groundwork/constructs/openstack/security/security-group";
import type { ISubnet } from "@groundwork/constructs/openstack/network/subnet";

/** What a platform stands on, on any cloud of the family. */
export interface Ground {
  /** Where addresses of the internet can stand. */
  readonly publicSubnet: ISubnet;
  /** Where the cluster is. */
  readonly privateSubnet: ISubnet;
  readonly external: IExternalNetwork;
  /** Group of the machine that administrators come to. */
  readonly bastion: ISecurityGroup;
}
