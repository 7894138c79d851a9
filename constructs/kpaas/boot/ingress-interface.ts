import { Files } from "../../boot/parts/files";
import { type BootPart, mergeSections } from "../../boot/parts/part";
import { Steps } from "../../boot/parts/steps";
import { programText } from "../../boot/program-text";
import type { Cidr } from "../../core/cidr";
import { isWholeToken } from "../../core/token";
import { Violations } from "../../core/violation";
import { blockOf } from "../plan/checks/address";
import { CLUSTER_INTERNAL } from "../plan/checks/cluster-internal";
import { type ClusterNode, nodeViolations } from "./node";
import { KPB010 } from "./rules";

/** The ingress interface of a machine and its configuration. */
export interface IngressInterfaceProps {
  /** The machine, with the address of its first interface. */
  readonly node: ClusterNode;
  /** Fixed address of the second interface. */
  readonly address: string;
  /** Subnet of the second interface; its gateway is the first host address. */
  readonly subnet: Cidr;
}

/**
 * Defines the second interface of a machine as the ingress interface from the first boot on: responses from its address leave through
 * it, connections of the machine itself do not. A value type for `CloudInit.with`.
 *
 * @example CloudInit.ubuntu().with(IngressInterface.of({ node, address: "192.168.8.10", subnet: Cidr.parse("192.168.8.0/24") }))
 */
export class IngressInterface implements BootPart {
  /** The program detects the interface: the only one with hardware in addition to the first. */
  static of({ node, address, subnet }: IngressInterfaceProps): IngressInterface {
    Violations.throwIfAny(nodeViolations([node]));
    const host = blockOf(address)?.first ?? 0;
    if (!isWholeToken(address) && (host <= subnet.first + 1 || host >= subnet.last))
      throw KPB010.violation({
        given: `${address} in ${subnet.toString()}`,
        fix: "use an address of the subnet other than its first two and its last",
      });
    return new IngressInterface({ node, address, subnet });
  }

  /** Parts of the first-boot document that it adds. */
  readonly sections: BootPart["sections"];

  private constructor({ node, address, subnet }: IngressInterfaceProps) {
    this.sections = mergeSections([
      Files.settings("/etc/kpaas/ingress-interface.env", {
        NODE_ADDRESS: node.address,
        INGRESS_ADDRESS: address,
        SUBNET: subnet.toString(),
        GATEWAY: subnet.address(1),
        CLUSTER: CLUSTER_INTERNAL.toString(),
      }),
      Steps.script("ingress-interface", programText("kpaas", "node/ingress-interface.sh")),
    ]);
  }
}
