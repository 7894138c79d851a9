import { Files } from "../../boot/files";
import type { BootPart } from "../../boot/part";
import { Steps } from "../../boot/steps";
import { programText } from "../../boot/program-text";
import { Units } from "../../boot/units";
import { Violations } from "../../core/violation";
import { joined } from "./joined";
import type { ClusterNode } from "./node";
import { nodeViolations } from "./node";
import { PROGRAMS } from "./phases";
import { KPB011 } from "./rules";

const PROGRAM = `${PROGRAMS}/inside-address`;

/** Public addresses, and where they lead to. */
export interface InsideAddressProps {
  /** The machine that answers for the API: the first control plane. */
  readonly node: ClusterNode;
  /** Its address of the internet. @default - none */
  readonly publicAddress?: string;
  /** The ingress, whose own interface the same machine has. @default - none that a machine has */
  readonly ingress?: { readonly address: string; readonly publicAddress: string };
}

/**
 * Defines that a node and its pods reach the cluster's public addresses inside of the network, whatever the cloud makes of a machine
 * that calls itself by its floating IP. A value: `CloudInit.with` takes it.
 *
 * @example
 * InsideAddress.of({ node: { name: "lab-cluster1", address: "192.168.7.10" }, publicAddress: "203.0.113.10" })
 */
export class InsideAddress implements BootPart {
  /** Looked after every minute: taking a cluster away takes the rules of the whole table along. */
  static of(props: InsideAddressProps): InsideAddress {
    const { node, publicAddress, ingress } = props;
    Violations.throwIfAny(nodeViolations([node]));
    if (publicAddress === undefined && ingress === undefined)
      throw KPB011.violation({ given: "no public address", fix: "give that of the API or of the ingress" });
    if (publicAddress === node.address || (ingress !== undefined && ingress.publicAddress === ingress.address))
      throw KPB011.violation({
        given: `${publicAddress === node.address ? node.address : "the ingress"} for itself`,
        fix: "leave out what has no other address outside",
      });
    return new InsideAddress(props);
  }

  readonly sections: BootPart["sections"];

  private constructor({ node, publicAddress, ingress }: InsideAddressProps) {
    this.sections = joined(
      Files.settings("/etc/kpaas/inside-address.env", {
        NODE_ADDRESS: node.address,
        API_PUBLIC_ADDRESS: publicAddress ?? "",
        INGRESS_ADDRESS: ingress?.address ?? "",
        INGRESS_PUBLIC_ADDRESS: ingress?.publicAddress ?? "",
      }),
      Files.program(PROGRAM, programText("kpaas", "inside-address.sh")),
      Units.service("kpaas-inside-address", {
        description: "leads to the cluster's public addresses inside of the network",
        type: "oneshot",
        command: PROGRAM,
        lines: ["TimeoutStartSec=600"],
      }),
      Units.timer("kpaas-inside-address", {
        description: "looks whether the cluster's public addresses lead inside",
        calendar: "*-*-* *:*:00",
      }),
      Steps.script(
        "inside-address",
        `#!/bin/bash\n# Leads to the cluster's public addresses inside of the network.\nexec ${PROGRAM}\n`,
      ),
    );
  }
}
