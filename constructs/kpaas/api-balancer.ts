import { isToken } from "../core/token";
import type { Place } from "../core/violation";
import { checkedAddress } from "./address";
import { isHostName } from "./host-name";
import { KPS003, KPS004 } from "./rules";

/** Names that are their own address: `10.0.0.5.nip.io`. */
const SELF_RESOLVING = /^(?:.*[.-])?(\d+\.\d+\.\d+\.\d+)\.(?:nip|sslip)\.io$/;

/**
 * Defines where the API of a control plane of several nodes is found: a load balancer of TCP 6443, which has to stand before
 * the installation starts.
 *
 * @example ApiBalancer.at("192.168.7.5"); ApiBalancer.named("api.example.com", { address: "192.168.7.5" })
 */
export class ApiBalancer {
  /** By its address. */
  static at(address: string): ApiBalancer {
    if (address === "") throw refuse('address ""');
    return new ApiBalancer(checkedAddress("load balancer", address), address, false);
  }

  /** By a name, and the address that every node is told for it. Names below nip.io and sslip.io say theirs. */
  static named(name: string, options: { readonly address?: string; readonly at?: Place } = {}): ApiBalancer {
    if (!isToken(name) && !isHostName(name)) throw refuse(`name "${name}"`, options.at);
    const address = options.address ?? SELF_RESOLVING.exec(name)?.[1];
    if (address === undefined)
      throw KPS004.violation({
        at: options.at,
        given: `load balancer "${name}" without an address`,
        fix: "give the address beside the name: every node gets both into its /etc/hosts",
      });
    return new ApiBalancer(name, checkedAddress("load balancer", address, options.at), options.address !== undefined);
  }

  private constructor(
    /** What the API's certificate is made for. */
    readonly host: string,
    readonly address: string,
    /** Whether nodes have to be told the address of the name. */
    readonly needsHostEntry: boolean,
  ) {}
}

function refuse(given: string, at?: Place) {
  return KPS003.violation({
    at,
    given: `load balancer by ${given}`,
    fix: 'say ApiBalancer.at("192.168.7.5"), or ApiBalancer.named("api.example.com", { address: "192.168.7.5" })',
  });
}
