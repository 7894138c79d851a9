import { Files } from "../../boot/files";
import type { BootPart } from "../../boot/part";
import { Steps } from "../../boot/steps";
import { programText } from "../../boot/program-text";
import type { Cidr } from "../../core/cidr";
import { isToken } from "../../core/token";
import { Violations } from "../../core/violation";
import { blockOf } from "../address";
import { CLUSTER_INTERNAL } from "../cluster-internal";
import { joined } from "./joined";
import type { ClusterNode } from "./node";
import { nodeViolations } from "./node";
import { KPB010 } from "./rules";

/** Which interface, and what it is to have. */
export interface IngressInterfaceProps {
  /** The machine, by the address of its first interface. */
  readonly node: ClusterNode;
  /** Fixed address of its second one. */
  readonly address: string;
  /** Subnet of the second one; its gateway is the first address that a host may have. */
  readonly subnet: Cidr;
}

/**
 * Defines that a machine's second interface carries the ingress' address, from its first boot on: what is answered from there leaves
 * by it, what the machine itself says does not. A value: `CloudInit.with` takes it.
 *
 * @example CloudInit.ubuntu().with(IngressInterface.of({ node, address: "192.168.8.10", subnet: Cidr.parse("192.168.8.0/24") }))
 */
export class IngressInterface implements BootPart {
  /** The interface finds itself: the only one with hardware behind it beside the first. */
  static of({ node, address, subnet }: IngressInterfaceProps): IngressInterface {
    Violations.throwIfAny(nodeViolations([node]));
    const host = blockOf(address)?.first ?? 0;
    if (!isToken(address) && (host <= subnet.first + 1 || host >= subnet.last))
      throw KPB010.violation({
        given: `${address} in ${subnet.toString()}`,
        fix: "take one of the subnet's, but neither its first two nor its last",
      });
    return new IngressInterface({ node, address, subnet });
  }

  readonly sections: BootPart["sections"];

  private constructor({ node, address, subnet }: IngressInterfaceProps) {
    this.sections = joined(
      Files.settings("/etc/kpaas/ingress-interface.env", {
        NODE_ADDRESS: node.address,
        INGRESS_ADDRESS: address,
        SUBNET: subnet.toString(),
        GATEWAY: subnet.address(1),
        CLUSTER: CLUSTER_INTERNAL.toString(),
      }),
      Steps.script("ingress-interface", programText("kpaas", "ingress-interface.sh")),
    );
  }
}
