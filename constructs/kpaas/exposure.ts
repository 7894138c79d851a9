import type { Cidr } from "../core/cidr";
import type { Place } from "../core/violation";
import type { Region } from "../nhn/region";
import { checkedAddress } from "./address";
import type { AddressRange } from "./address-range";
import { checkedValue } from "./installer-value";
import { KPS016, KPS023 } from "./rules";

export interface ExtraNicProps {
  /** Addresses that services of type LoadBalancer may have, in the cluster's subnet. */
  readonly serviceAddresses: AddressRange;
  /** Fixed address of the first control plane node's second interface. */
  readonly address: string;
  /** Address of the internet in front of that interface. */
  readonly floatingAddress: string;
  /**
   * Subnet of the interface.
   * @default - the cluster's
   */
  readonly subnet?: Cidr;
}

export interface BalancedProps {
  /** Addresses that services of type LoadBalancer may have, in the cluster's subnet. */
  readonly serviceAddresses: AddressRange;
  /** Address of the load balancer, as the world knows it. */
  readonly address: string;
}

export interface NhnControllerProps {
  /** Region of NHN Cloud: the controller knows KR1 alone. */
  readonly region: Region;
  /** Subnet that load balancers get their addresses from. */
  readonly subnetId: string;
  readonly tenantId: string;
  /** User of NHN Cloud that makes load balancers. */
  readonly username: string;
  /**
   * File of the first control plane node that holds the user's API password, for the user `ubuntu` alone; in `/etc/kpaas`.
   * @default "/etc/kpaas/nhn-password"
   */
  readonly passwordFile?: string;
  /** @default - nowhere in particular */
  readonly at?: Place;
}

/** What NHN Cloud's controller is told. */
export type NhnAccess = Required<Omit<NhnControllerProps, "at" | "region">>;

/**
 * Defines how the world reaches what runs in the cluster.
 *
 * @example
 * Exposure.extraNic({ serviceAddresses: AddressRange.parse("192.168.7.150-192.168.7.160"), address, floatingAddress });
 * Exposure.loadBalancer({ serviceAddresses, address: balancer.floatingAddress });
 */
export class Exposure {
  /** By a second interface of the first control plane node. While that node is away, nothing is reached. */
  static extraNic(props: ExtraNicProps): Exposure {
    const address = checkedAddress("ingress address", props.address);
    const publicAddress = checkedAddress("address of the internet of the ingress", props.floatingAddress);
    const { serviceAddresses, subnet } = props;
    return new Exposure("extra-nic", { serviceAddresses, address, publicAddress, subnet });
  }

  /** By a load balancer of TCP 80 and 443 in front of all nodes' ports 31080 and 31443. */
  static loadBalancer(props: BalancedProps): Exposure {
    const address = checkedAddress("address of the load balancer", props.address);
    return new Exposure("load-balancer", {
      serviceAddresses: props.serviceAddresses,
      address,
      publicAddress: address,
    });
  }

  /**
   * By load balancers that a controller in the cluster makes with a user of NHN Cloud, whose password then lies in the cluster.
   * Which address the ingress gets is known afterwards.
   */
  static nhnController(props: NhnControllerProps): Exposure {
    const { at, region, passwordFile = "/etc/kpaas/nhn-password" } = props;
    if (region.name !== "KR1")
      throw KPS016.violation({ at, given: `region ${region.name}`, fix: "use KR1, or another exposure" });
    if (!/^\/etc\/kpaas\/[\w-]+$/.test(passwordFile))
      throw KPS023.violation({ at, given: `"${passwordFile}"`, fix: 'write a path such as "/etc/kpaas/nhn-password"' });
    const username = checkedValue("user of NHN Cloud", props.username, at);
    const tenantId = checkedValue("tenant", props.tenantId, at);
    const subnetId = checkedValue("subnet of load balancers", props.subnetId, at);
    return new Exposure("nhn-controller", { nhn: { username, tenantId, subnetId, passwordFile } });
  }

  /** Nothing where NHN Cloud's controller gives addresses. */
  readonly serviceAddresses: AddressRange | undefined;
  /** Address of the ingress, as the cluster knows it. */
  readonly ingressAddress: string | undefined;
  /** Address of the ingress, as the world knows it. */
  readonly publicAddress: string | undefined;
  /** Subnet of the ingress' own interface, where it is another than the cluster's. */
  readonly subnet: Cidr | undefined;
  readonly nhn: NhnAccess | undefined;

  private constructor(
    readonly kind: "extra-nic" | "load-balancer" | "nhn-controller",
    ways: {
      readonly serviceAddresses?: AddressRange;
      readonly address?: string;
      readonly publicAddress?: string;
      readonly subnet?: Cidr | undefined;
      readonly nhn?: NhnAccess;
    },
  ) {
    this.serviceAddresses = ways.serviceAddresses;
    this.ingressAddress = ways.address;
    this.publicAddress = ways.publicAddress;
    this.subnet = ways.subnet;
    this.nhn = ways.nhn;
  }

  /** Domain whose every name leads to the ingress; nothing where the address is known afterwards. */
  get hostDomain(): string | undefined {
    return this.publicAddress === undefined ? undefined : `${this.publicAddress}.nip.io`;
  }
}
