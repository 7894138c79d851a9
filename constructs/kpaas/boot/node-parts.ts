import { Files } from "../../boot/files";
import type { BootPart } from "../../boot/part";
import { Steps } from "../../boot/steps";
import { programText } from "../../boot/program-text";
import type { ClusterNode } from "./node";
import { nodeLines } from "./node";

/** What every machine of a cluster needs, before anything else. */
export function nodeParts(hostEntries: readonly ClusterNode[] = []): readonly BootPart[] {
  return [
    // Kubespray gives the machine its name; cloud-init would take it back at the next start.
    Files.text("/etc/cloud/cloud.cfg.d/90-kpaas.cfg", "preserve_hostname: true\n"),
    Steps.script("quiet-updates", programText("kpaas", "quiet-updates.sh")),
    ...(hostEntries.length === 0
      ? []
      : [
          Files.text("/etc/kpaas/hosts", nodeLines(hostEntries)),
          Steps.script("host-entries", programText("kpaas", "host-entries.sh")),
        ]),
  ];
}
