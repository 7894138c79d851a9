import { isIpv4Address } from "../../core/cidr";
import { isToken } from "../../core/token";
import type { Violation } from "../../core/violation";
import { KPB001 } from "./rules";

/** A machine of the cluster, as the first boot knows it. */
export interface ClusterNode {
  /** Host name. */
  readonly name: string;
  /** Private IPv4 address. */
  readonly address: string;
}

const HOST_NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** What is wrong with a list of nodes. What Terraform alone knows is not looked at. */
export function nodeViolations(nodes: readonly ClusterNode[]): readonly Violation[] {
  return [
    ...nodes
      .filter(({ name }) => !isToken(name) && !HOST_NAME.test(name))
      .map(({ name }) =>
        KPB001.violation({ given: `host name "${name}"`, fix: "use up to 63 lower-case letters, digits and hyphens" }),
      ),
    ...nodes
      .filter(({ address }) => !isToken(address) && !isIpv4Address(address))
      .map(({ name, address }) =>
        KPB001.violation({ at: name, given: `address "${address}"`, fix: "write four numbers with dots" }),
      ),
    ...twice(nodes.map(({ name }) => name)).map((name) =>
      KPB001.violation({ given: `host name ${name} twice`, fix: "give every node a name of its own" }),
    ),
    ...twice(nodes.map(({ address }) => address)).map((address) =>
      KPB001.violation({ given: `address ${address} twice`, fix: "give every node an address of its own" }),
    ),
  ];
}

/** Lines `address name`, one a node: what the scripts of this room read. */
export function nodeLines(nodes: readonly ClusterNode[]): string {
  return nodes.map(({ name, address }) => `${address} ${name}\n`).join("");
}

function twice(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.filter((text, index) => texts.indexOf(text) !== index))];
}
