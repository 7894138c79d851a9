import type { Cidr } from "../../core/cidr";
import type { Location } from "../../core/violation";
import type { Region } from "../../nhn/region";
import { KPS016, KPS023 } from "../rules";
import type { AddressRange } from "./address-range";
import { checkedAddress } from "./checks/address";
import { checkedValue } from "./checks/installer-value";

/** Settings of an exposure on a second network interface. */
export interface ExtraNicProps {
  /** Addresses for services of type LoadBalancer, in the cluster's subnet. */
  readonly serviceAddresses: AddressRange;
  /** Fixed address of the second interface of the first control plane node. */
  readonly address: string;
  /** Public address of that interface. */
  readonly floatingAddress: string;
  /**
   * Subnet of the interface.
   * @default - the cluster's subnet
   */
  readonly subnet?: Cidr;
}

/** Settings of an exposure behind a load balancer. */
export interface BalancedProps {
  /** Addresses for services of type LoadBalancer, in the cluster's subnet. */
  readonly serviceAddresses: AddressRange;
  /** Public address of the load balancer. */
  readonly address: string;
}

/** Settings of an exposure by NHN Cloud's controller. */
export interface NhnControllerProps {
  /** Region of NHN Cloud; the controller supports KR1 only. */
  readonly region: Region;
  /** Subnet of the load balancers. */
  readonly subnetId: string;
  /** Project of the load balancers. */
  readonly tenantId: string;
  /** User of NHN Cloud that creates load balancers. */
  readonly username: string;
  /**
   * File on the first control plane node with the API password of the user, in `/etc/kpaas`, readable by `ubuntu` only.
   * @default "/etc/kpaas/nhn-password"
   */
  readonly passwordFile?: string;
  /**
   * Location in violations.
   * @default - none
   */
  readonly at?: Location;
}

/** Configuration of NHN Cloud's controller. */
export type NhnAccess = Required<Omit<NhnControllerProps, "at" | "region">>;

/**
 * Defines how clients outside of the cluster reach its services.
 *
 * @example
 * Exposure.extraNic({ serviceAddresses: AddressRange.parse("192.168.7.150-192.168.7.160"), address, floatingAddress });
 * Exposure.loadBalancer({ serviceAddresses, address: balancer.floatingAddress });
 */
export class Exposure {
  /** A second interface of the first control plane node. While that node is down, no service is reachable. */
  static extraNic(props: ExtraNicProps): Exposure {
    const address = checkedAddress("ingress address", props.address);
    const publicAddress = checkedAddress("public address of the ingress", props.floatingAddress);
    const { serviceAddresses, subnet } = props;
    return new Exposure("extra-nic", { serviceAddresses, address, publicAddress, subnet });
  }

  /** A load balancer of TCP 80 and 443 in front of ports 31080 and 31443 of all nodes. */
  static loadBalancer(props: BalancedProps): Exposure {
    const address = checkedAddress("address of the load balancer", props.address);
    return new Exposure("load-balancer", {
      serviceAddresses: props.serviceAddresses,
      address,
      publicAddress: address,
    });
  }

  /**
   * Load balancers that a controller in the cluster creates with a user of NHN Cloud, whose password is stored in the cluster. The
   * address of the ingress is known only after the installation.
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

  /** `undefined` with NHN Cloud's controller, which assigns the addresses. */
  readonly serviceAddresses: AddressRange | undefined;
  /** Address of the ingress within the cluster's network. */
  readonly ingressAddress: string | undefined;
  /** Public address of the ingress. */
  readonly publicAddress: string | undefined;
  /** Subnet of the ingress interface, if it differs from the cluster's. */
  readonly subnet: Cidr | undefined;
  /** Access of NHN Cloud's controller to the API; undefined for the other kinds. */
  readonly nhn: NhnAccess | undefined;

  private constructor(
    /** Kind of exposure. */
    readonly kind: "extra-nic" | "load-balancer" | "nhn-controller",
    options: {
      readonly serviceAddresses?: AddressRange;
      readonly address?: string;
      readonly publicAddress?: string;
      readonly subnet?: Cidr | undefined;
      readonly nhn?: NhnAccess;
    },
  ) {
    this.serviceAddresses = options.serviceAddresses;
    this.ingressAddress = options.address;
    this.publicAddress = options.publicAddress;
    this.subnet = options.subnet;
    this.nhn = options.nhn;
  }

  /** Domain whose names all resolve to the ingress; `undefined` if the address is known only after the installation. */
  get hostDomain(): string | undefined {
    return this.publicAddress === undefined ? undefined : `${this.publicAddress}.nip.io`;
  }
}
