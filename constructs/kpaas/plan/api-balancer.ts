import { isWholeToken } from "../../core/token";
import type { Location } from "../../core/violation";
import { KPS003, KPS004 } from "../rules";
import { checkedAddress } from "./checks/address";
import { isHostName } from "./checks/host-name";

/** Names that contain their address: `10.0.0.5.nip.io`. */
const SELF_RESOLVING = /^(?:.*[.-])?(\d+\.\d+\.\d+\.\d+)\.(?:nip|sslip)\.io$/;

/**
 * Defines the endpoint of the API of a control plane with several nodes: a load balancer of TCP 6443, which has to exist before the
 * installation starts.
 *
 * @example ApiBalancer.at("192.168.7.5"); ApiBalancer.named("api.example.com", { address: "192.168.7.5" })
 */
export class ApiBalancer {
  /** Identified by its address. */
  static at(address: string): ApiBalancer {
    if (address === "") throw rejected('address ""');
    return new ApiBalancer(checkedAddress("load balancer", address), address, false);
  }

  /**
   * Identified by a name and an address. Every node gets the address in its `/etc/hosts`. A name in nip.io or sslip.io contains its
   * address.
   */
  static named(name: string, options: { readonly address?: string; readonly at?: Location } = {}): ApiBalancer {
    if (!isWholeToken(name) && !isHostName(name)) throw rejected(`name "${name}"`, options.at);
    const address = options.address ?? SELF_RESOLVING.exec(name)?.[1];
    if (address === undefined)
      throw KPS004.violation({
        at: options.at,
        given: `load balancer "${name}" without an address`,
        fix: "add the address: every node gets both in its /etc/hosts",
      });
    return new ApiBalancer(name, checkedAddress("load balancer", address, options.at), options.address !== undefined);
  }

  private constructor(
    /** Name or address for which the certificate of the API is issued. */
    readonly host: string,

    /** Address of the load balancer. */
    readonly address: string,
    /** Whether nodes need a line for the name in `/etc/hosts`. */
    readonly needsHostEntry: boolean,
  ) {}
}

function rejected(given: string, at?: Location) {
  return KPS003.violation({
    at,
    given: `load balancer with ${given}`,
    fix: 'use ApiBalancer.at("192.168.7.5"), or ApiBalancer.named("api.example.com", { address: "192.168.7.5" })',
  });
}
