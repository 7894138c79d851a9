import { CloudInit } from "../../boot/cloud-init";
import { Files } from "../../boot/parts/files";
import type { BootPart } from "../../boot/parts/part";
import { Units } from "../../boot/parts/units";
import { programText } from "../../boot/program-text";
import { checkedDownloadUrl, verifiedDownload } from "../../boot/verified-download";
import { Duration } from "../../core/duration";
import { literalOf } from "../../core/token";
import { Violations } from "../../core/violation";
import { patchViolations } from "../plan/checks/patch-checks";
import { INSTALLER_REQUIREMENTS } from "../plan/release/installer-requirements";
import type { Patch } from "../plan/release/patch";
import type { Pipeline } from "../portal/pipeline";
import type { Portal } from "../portal/portal";
import type { Workload } from "../workload/workload";
import { type ClusterNode, nodeLines, nodeParts, nodeViolations } from "./node";
import { phase, PROGRAMS } from "./phases";
import { KPB005, KPB012, KPB020 } from "./rules";
import type { SshTrust } from "./ssh-trust";

/** A variable whose value sed and YAML leave unchanged; a secret is read from a file of the machine. Without tokens. */
const VARIABLE = /^export [A-Z][A-Z0-9_]*=([\w.:@-]*|"\$\(cat \/etc\/kpaas\/[\w-]+\)")$/;

/** Configuration of an install host. */
export interface InstallHostProps {
  /** Source of the installer. */
  readonly release: { readonly repository: string; readonly tag: string; readonly commit: string };
  /** Patches of the installer. */
  readonly patches: readonly Patch[];
  /** Text of `cp-cluster-vars.sh`. */
  readonly variables: string;
  /** The install host itself: the first control plane node. */
  readonly master: ClusterNode & { readonly publicAddress: string };
  /** Every machine that the installer connects to, including the install host. */
  readonly nodes: readonly ClusterNode[];
  /** Number of control plane nodes. */
  readonly controlPlanes: number;
  /** Number of workers. */
  readonly workers: number;
  /** Address of the NFS server. @default - no NFS storage */
  readonly nfsAddress?: string;
  /** Expected address of the ingress. @default - any: it is assigned during the installation */
  readonly ingressAddress?: string;
  /** Whether MetalLB assigns addresses; not with NHN Cloud's controller. */
  readonly metalLb: boolean;
  /** Whether Kyverno is installed. */
  readonly kyverno: boolean;
  /** Distribution of the installer's SSH key. */
  readonly trust: SshTrust;
  /** Lines for `/etc/hosts`. @default - none */
  readonly hostEntries?: readonly ClusterNode[];
  /** Parts that configure the addresses of the plan. @default - none: one interface, no public address */
  readonly addresses?: readonly BootPart[];
  /** Workload that proves that the cluster works. @default - none */
  readonly workload?: Workload;
  /** Portal of the cluster. @default - none */
  readonly portal?: Portal;
  /** Pipeline of the portal. @default - none */
  readonly pipeline?: Pipeline;
}

/**
 * The first boot of the install host, in phases: wait for all nodes, prepare the installer, install, verify, then the optional phases.
 * The status is in `/var/lib/kpaas/status.json`, the output in `/var/log/kpaas/<phase>.log`.
 */
export function installHostBoot(props: InstallHostProps): CloudInit {
  Violations.throwIfAny([...nodeViolations(props.nodes), ...patchViolations(props.patches)]);
  checkVariables(props.variables);
  checkSource(props.release);
  if (props.pipeline !== undefined && props.portal === undefined)
    throw KPB020.violation({ given: "a pipeline without a portal", fix: "add the portal, or remove the pipeline" });
  return CloudInit.ubuntu().with(
    ...nodeParts(props.hostEntries),
    ...(props.addresses ?? []),
    ...settings(props),
    verifiedDownload(),
    Files.text(`${PROGRAMS}/requirements.txt`, INSTALLER_REQUIREMENTS),
    Files.program(`${PROGRAMS}/phase`, programText("kpaas", "install/phase.sh")),
    Files.program(`${PROGRAMS}/apply-patches.py`, programText("kpaas", "install/apply-patches.py")),
    Files.text(`${PROGRAMS}/polling.py`, programText("kpaas", "install/polling.py")),
    Files.program(`${PROGRAMS}/verify.py`, programText("kpaas", "install/verify.py")),
    Files.program(`${PROGRAMS}/resume`, programText("kpaas", "install/resume.sh")),
    Units.service("kpaas-resume", {
      description: "resumes a first boot that a restart interrupted",
      command: `${PROGRAMS}/resume`,
    }),
    props.trust.installHost,
    ...phase({ name: "wait", script: "install/wait-nodes.sh", deadline: Duration.minutes(45) }),
    ...phase({ name: "prepare", script: "install/prepare.sh", deadline: Duration.minutes(30) }),
    ...phase({ name: "install", script: "install/install.sh", deadline: Duration.hours(2) }),
    ...phase({ name: "verify", script: "install/verify.sh", deadline: Duration.minutes(15) }),
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

/** The source is an argument of git, which reads some texts as options and some URLs as commands. */
function checkSource({ repository, tag, commit }: InstallHostProps["release"]): void {
  checkedDownloadUrl(repository, "release: repository");
  if (!/^[\w][\w./-]*$/.test(tag) || !/^[0-9a-f]{1,64}$/.test(commit))
    throw KPB012.violation({
      given: `tag ${JSON.stringify(tag.slice(0, 60))}, commit ${JSON.stringify(commit.slice(0, 64))}`,
      fix: "use a tag such as v1.6.2 and the id of its commit",
    });
}

/** Rejects text that the installer's own checks accept but its templates would corrupt. */
function checkVariables(variables: string): void {
  const lines = variables.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const invalid = lines.find((line) => !VARIABLE.test(literalOf(line)));
  if (invalid !== undefined)
    throw KPB005.violation({
      at: "cp-cluster-vars.sh",
      given: `line ${lines.indexOf(invalid) + 1}, ${/^export \w+/.exec(invalid)?.[0] ?? "no export"}`,
      fix: "write export NAME=value with letters, digits and . : @ _ - in the value",
    });
  if (/\bISTIO_GATEWAY_PRIVATE_IP\b/.test(variables))
    throw KPB005.violation({
      at: "cp-cluster-vars.sh",
      given: "the name ISTIO_GATEWAY_PRIVATE_IP",
      fix: "remove it, including from comments",
    });
}
