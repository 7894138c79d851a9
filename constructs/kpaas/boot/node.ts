import { Files } from "../../boot/parts/files";
import type { BootPart } from "../../boot/parts/part";
import { Steps } from "../../boot/parts/steps";
import { programText } from "../../boot/program-text";
import { isIpv4Address } from "../../core/cidr";
import { isWholeToken } from "../../core/token";
import { type Violation, Violations } from "../../core/violation";
import { isHostName, isLabel } from "../plan/checks/host-name";
import { KPB001 } from "./rules";

/** A machine of the cluster in a first-boot document. */
export interface ClusterNode {
  /** Host name. */
  readonly name: string;
  /** Private IPv4 address. */
  readonly address: string;
}

/** Violations of a list of nodes. Tokens are not checked. */
export function nodeViolations(nodes: readonly ClusterNode[]): readonly Violation[] {
  return [
    ...nodes
      .filter(({ name }) => !isWholeToken(name) && !isLabel(name))
      .map(({ name }) =>
        KPB001.violation({ given: `host name "${name}"`, fix: "use up to 63 lower-case letters, digits and hyphens" }),
      ),
    ...nodes
      .filter(({ address }) => !isWholeToken(address) && !isIpv4Address(address))
      .map(({ name, address }) =>
        KPB001.violation({ at: name, given: `address "${address}"`, fix: "write an address such as 192.168.7.20" }),
      ),
    ...duplicates(nodes.map(({ name }) => name)).map((name) =>
      KPB001.violation({ given: `host name ${name} twice`, fix: "give each node a unique name" }),
    ),
    ...duplicates(nodes.map(({ address }) => address)).map((address) =>
      KPB001.violation({ given: `address ${address} twice`, fix: "give each node a unique address" }),
    ),
  ];
}

/** Lines `address name`, one per node, as the programs read them. */
export function nodeLines(nodes: readonly ClusterNode[]): string {
  return nodes.map(({ name, address }) => `${address} ${name}\n`).join("");
}

/** Parts of every machine of a cluster; they run before all others. */
export function nodeParts(hostEntries: readonly ClusterNode[] = []): readonly BootPart[] {
  Violations.throwIfAny(hostEntries.flatMap(hostEntryViolations));
  return [
    // Kubespray sets the host name; cloud-init would reset it at the next start.
    Files.text("/etc/cloud/cloud.cfg.d/90-kpaas.cfg", "preserve_hostname: true\n"),
    Steps.script("quiet-updates", programText("kpaas", "node/quiet-updates.sh")),
    ...(hostEntries.length === 0
      ? []
      : [
          Files.text("/etc/kpaas/hosts", nodeLines(hostEntries)),
          Steps.script("host-entries", programText("kpaas", "node/host-entries.sh")),
        ]),
  ];
}

/** A line of /etc/hosts: an address and one name. */
function hostEntryViolations({ name, address }: ClusterNode): readonly Violation[] {
  const isName = isWholeToken(name) || isHostName(name);
  if (isName && (isWholeToken(address) || isIpv4Address(address))) return [];
  return [
    KPB001.violation({
      at: "host entry",
      given: isName ? `address ${JSON.stringify(address)}` : `name ${JSON.stringify(name)}`,
      fix: "write an address such as 192.168.7.20 and a name such as api.example.com",
    }),
  ];
}

function duplicates(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.filter((text, index) => texts.indexOf(text) !== index))];
}
