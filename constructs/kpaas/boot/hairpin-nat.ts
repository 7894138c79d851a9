import { Files } from "../../boot/parts/files";
import { type BootPart, mergeSections } from "../../boot/parts/part";
import { Steps } from "../../boot/parts/steps";
import { Units } from "../../boot/parts/units";
import { programText } from "../../boot/program-text";
import { Violations } from "../../core/violation";
import { checkedAddress } from "../plan/checks/address";
import { type ClusterNode, nodeViolations } from "./node";
import { PROGRAMS } from "./phases";
import { KPB011 } from "./rules";

const PROGRAM = `${PROGRAMS}/hairpin-nat`;

/** Public addresses, and the private addresses that they are translated to. */
export interface HairpinNatProps {
  /** The machine of the API: the first control plane node. */
  readonly node: ClusterNode;
  /** Public address of the node. @default - none */
  readonly publicAddress?: string;
  /** Addresses of the ingress, which has a second interface of the same machine. @default - no ingress interface */
  readonly ingress?: { readonly address: string; readonly publicAddress: string };
}

/**
 * Defines hairpin NAT on a node: the node and its pods reach the public addresses of the cluster within the network. Clouds do not
 * document whether a machine can connect to its own floating IP. A value type for `CloudInit.with`.
 *
 * @example
 * HairpinNat.of({ node: { name: "lab-cluster1", address: "192.168.7.10" }, publicAddress: "203.0.113.10" })
 */
export class HairpinNat implements BootPart {
  /** A timer restores the rules every minute: the installer's reset flushes the whole table. */
  static of(props: HairpinNatProps): HairpinNat {
    const { node, publicAddress, ingress } = props;
    Violations.throwIfAny(nodeViolations([node]));
    const addresses = [publicAddress, ingress?.address, ingress?.publicAddress].filter((one) => one !== undefined);
    for (const address of addresses) checkedAddress("address of hairpin NAT", address);
    if (publicAddress === undefined && ingress === undefined)
      throw KPB011.violation({ given: "no public address", fix: "give that of the API or of the ingress" });
    if (publicAddress === node.address || (ingress !== undefined && ingress.publicAddress === ingress.address))
      throw KPB011.violation({
        given: `${publicAddress === node.address ? node.address : "the ingress address"} as its own public address`,
        fix: "omit addresses without a different public address",
      });
    return new HairpinNat(props);
  }

  /** Parts of the first-boot document that it adds. */
  readonly sections: BootPart["sections"];

  private constructor({ node, publicAddress, ingress }: HairpinNatProps) {
    this.sections = mergeSections([
      Files.settings("/etc/kpaas/hairpin-nat.env", {
        NODE_ADDRESS: node.address,
        API_PUBLIC_ADDRESS: publicAddress ?? "",
        INGRESS_ADDRESS: ingress?.address ?? "",
        INGRESS_PUBLIC_ADDRESS: ingress?.publicAddress ?? "",
      }),
      Files.program(PROGRAM, programText("kpaas", "node/hairpin-nat.sh")),
      Units.service("kpaas-hairpin-nat", {
        description: "hairpin NAT for the public addresses of the cluster",
        type: "oneshot",
        command: PROGRAM,
        lines: ["TimeoutStartSec=600"],
      }),
      Units.timer("kpaas-hairpin-nat", {
        description: "restores hairpin NAT every minute",
        calendar: "*-*-* *:*:00",
      }),
      Steps.script("hairpin-nat", `#!/bin/bash\n# Configures hairpin NAT.\nexec ${PROGRAM}\n`),
    ]);
  }
}
