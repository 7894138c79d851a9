import { CloudInit } from "../../boot/cloud-init";
import { Files } from "../../boot/files";
import type { BootPart } from "../../boot/part";
import { programText } from "../../boot/program-text";
import { Units } from "../../boot/units";
import { Duration } from "../../core/duration";
import { Violations } from "../../core/violation";
import type { Patch } from "../patch";
import type { ClusterNode } from "./node";
import { nodeLines, nodeViolations } from "./node";
import { nodeParts } from "./node-parts";
import { patchViolations } from "./patch-checks";
import { phase, PROGRAMS } from "./phases";
import type { Pipeline } from "./pipeline";
import type { Portal } from "./portal";
import { KPB005, KPB020 } from "./rules";
import type { SshTrust } from "./ssh-trust";
import type { Workload } from "./workload";

/** A variable with a value that goes through sed and YAML unharmed; a secret is read from where the machine has it. */
const VARIABLE = /^export [A-Z][A-Z0-9_]*=((\$\{TfToken\[\S+?\]\}|[\w.:@-])*|"\$\(cat \/etc\/kpaas\/[\w-]+\)")$/;

/** What an install host is told. */
export interface InstallHostProps {
  /** Where the installer comes from. */
  readonly release: { readonly repository: string; readonly tag: string; readonly commit: string };
  /** What is known to be broken in it. */
  readonly patches: readonly Patch[];
  /** Text of `cp-cluster-vars.sh`. */
  readonly variables: string;
  /** The install host itself: the first control plane. */
  readonly master: ClusterNode & { readonly publicAddress: string };
  /** Every machine of the cluster that the installer enters, the install host among them. */
  readonly nodes: readonly ClusterNode[];
  readonly controlPlanes: number;
  readonly workers: number;
  /** Address of the NFS server. @default - storage is not NFS */
  readonly nfsAddress?: string;
  /** Address that the ingress has to have. @default - any: it is known afterwards */
  readonly ingressAddress?: string;
  /** Whether MetalLB hands out addresses; NHN mode does not have it. */
  readonly metalLb: boolean;
  readonly kyverno: boolean;
  readonly trust: SshTrust;
  /** Names that nobody else answers for. @default - none */
  readonly hostEntries?: readonly ClusterNode[];
  /** What makes its addresses those of the plan. @default - nothing: it has one interface, and no address outside */
  readonly addresses?: readonly BootPart[];
  /** What shows that the cluster works. @default - nothing */
  readonly workload?: Workload;
  /** What comes on top of the cluster. @default - nothing */
  readonly portal?: Portal;
  /** What comes on top of the portal. @default - nothing */
  readonly pipeline?: Pipeline;
}

/**
 * The first boot of the install host, in phases: wait for all nodes, prepare the installer, install, verify; then what comes on top.
 * How far it is stands in `/var/lib/kpaas/status.json`, what was said in `/var/log/kpaas/<phase>.log`.
 */
export function installHostBoot(props: InstallHostProps): CloudInit {
  Violations.throwIfAny([...nodeViolations(props.nodes), ...patchViolations(props.patches)]);
  checkVariables(props.variables);
  if (props.pipeline !== undefined && props.portal === undefined)
    throw KPB020.violation({ given: "a pipeline without a portal", fix: "give the portal, too, or leave it out" });
  return CloudInit.ubuntu().with(
    ...nodeParts(props.hostEntries),
    ...(props.addresses ?? []),
    ...settings(props),
    Files.program(`${PROGRAMS}/phase`, programText("kpaas", "phase.sh")),
    Files.program(`${PROGRAMS}/apply-patches.py`, programText("kpaas", "apply-patches.py")),
    Files.text(`${PROGRAMS}/looking.py`, programText("kpaas", "looking.py")),
    Files.program(`${PROGRAMS}/verify.py`, programText("kpaas", "verify.py")),
    Files.program(`${PROGRAMS}/resume`, programText("kpaas", "resume.sh")),
    Units.service("kpaas-resume", {
      description: "goes on with a first boot that a restart has cut off",
      command: `${PROGRAMS}/resume`,
    }),
    props.trust.installHost,
    ...phase({ name: "wait", script: "wait-nodes.sh", deadline: Duration.minutes(45) }),
    ...phase({ name: "prepare", script: "prepare.sh", deadline: Duration.minutes(30) }),
    ...phase({ name: "install", script: "install.sh", deadline: Duration.hours(2) }),
    ...phase({ name: "verify", script: "verify.sh", deadline: Duration.minutes(15) }),
    ...[props.workload, props.portal, props.pipeline].filter((part) => part !== undefined),
  );
}

function settings(props: InstallHostProps): readonly BootPart[] {
  return [
    Files.settings("/etc/kpaas/kpaas.env", {
      REPOSITORY: props.release.repository,
      RELEASE_TAG: props.release.tag,
      RELEASE_COMMIT: props.release.commit,
      MASTER1_NAME: props.master.name,
      MASTER1_ADDRESS: props.master.address,
      MASTER1_PUBLIC_ADDRESS: props.master.publicAddress,
      CONTROL_PLANES: String(props.controlPlanes),
      WORKERS: String(props.workers),
      NFS_ADDRESS: props.nfsAddress ?? "",
      INGRESS_ADDRESS: props.ingressAddress ?? "",
      METALLB: props.metalLb ? "Y" : "N",
      KYVERNO: props.kyverno ? "Y" : "N",
    }),
    Files.text("/etc/kpaas/nodes", nodeLines(props.nodes)),
    Files.text("/etc/kpaas/patches.json", `${JSON.stringify(props.patches, undefined, 1)}\n`),
    Files.text("/etc/kpaas/cp-cluster-vars.sh", props.variables, { mode: "0600" }),
  ];
}

/** What would get past the installer's own checks, or past its writing into templates. */
function checkVariables(variables: string): void {
  const lines = variables.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const odd = lines.find((line) => !VARIABLE.test(line));
  if (odd !== undefined)
    throw KPB005.violation({
      at: "cp-cluster-vars.sh",
      given: `line ${lines.indexOf(odd) + 1}, ${/^export \w+/.exec(odd)?.[0] ?? "no export"}`,
      fix: "write export NAME=value with letters, digits and . : @ _ - in the value",
    });
  if (/\bISTIO_GATEWAY_PRIVATE_IP\b/.test(variables))
    throw KPB005.violation({
      at: "cp-cluster-vars.sh",
      given: "the word ISTIO_GATEWAY_PRIVATE_IP",
      fix: "leave it out, in comments, too",
    });
}
