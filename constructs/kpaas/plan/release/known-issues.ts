import { AddOn } from "./add-on";
import type { Patch } from "./patch";

/** A known issue of a release: a part that fails, or that does not run unattended. */
export interface KnownIssue {
  /** A noun. */
  readonly id: string;
  /** What an operator sees. */
  readonly symptom: string;
  /** Source: a file of the installer, or a public issue. */
  readonly evidence: string;
  /** How this library handles it. */
  readonly remedy: string;
  /** Changes to the installer's files; empty where the remedy is another. */
  readonly patches: readonly Patch[];
  /** Add-on that requests the upstream behavior, so that the issue is left in place. */
  readonly unless?: AddOn;
}

const TERMINAL =
  "without a terminal tee fails, and the play stops after the cluster has been installed; with one it hides failures";

/** Paths are those of K-PaaS/cp-deployment at v1.6.2. */
export const KNOWN_ISSUES_1_6_2: readonly KnownIssue[] = [
  {
    id: "terminal",
    symptom: TERMINAL,
    evidence: "single/roles/cp-install/tasks/main.yml, single/roles/cp-reset/tasks/main.yml: the pipe to /dev/tty",
    remedy: "the pipe is removed, so that the exit status is the installer's own",
    patches: (["install", "reset"] as const).map((noun) => ({
      name: `terminal-${noun}`,
      reason: TERMINAL,
      file: `single/roles/cp-${noun}/tasks/main.yml`,
      find: " | tee /dev/tty",
      replace: "",
    })),
  },
  {
    id: "helm",
    symptom:
      "Helm is installed from a package source that no longer exists since September 2025; later roles are skipped",
    evidence: "single/roles/helm/tasks/main.yml; helm/helm#31229, helm/helm#31691",
    remedy:
      "the install host is the first control plane node, where Kubespray has installed Helm; the role is removed from its play",
    patches: [
      {
        name: "helm",
        reason: "its package source no longer exists, and Kubespray has already installed Helm on this machine",
        file: "single/cluster.yml",
        find: "- { role: helm }",
        replace: "[]",
      },
    ],
  },
  {
    id: "security-binary",
    symptom: "a program without published source runs as root on every node",
    evidence: "standalone/roles/cp/cve_cce/amd64",
    remedy: "the role is removed from its play unless AddOn.SECURITY_BINARY is requested",
    unless: AddOn.SECURITY_BINARY,
    patches: [
      {
        name: "security-binary",
        reason: "a program without published source would run as root on every node",
        file: "standalone/playbooks/cluster.yml",
        find: "    - { role: cp/cve_cce/amd64 }\n",
        replace: "",
      },
    ],
  },
  {
    id: "moving-branch",
    symptom: "the first control plane node clones a branch, which changes over time",
    evidence: "single/roles/cp-download/tasks/main.yml: no update, and errors ignored",
    remedy: "the pinned commit is checked out first; the role keeps an existing checkout",
    patches: [],
  },
  {
    id: "kyverno-wait",
    symptom: "NHN Cloud's controller without Kyverno: waits for a pod that is never created, and fails",
    evidence: "standalone/roles/cp/controller/tasks/main.yml",
    remedy: "rejected by rule KPS015",
    patches: [],
  },
  {
    id: "one-region",
    symptom: "NHN Cloud's controller calls the API of KR1 in every region",
    evidence: "standalone/roles/cp/controller/tasks/main.yml",
    remedy: "rejected by rule KPS016",
    patches: [],
  },
  {
    id: "late-checks",
    symptom: "the checks of the second script use return outside of a function: they print an error and continue",
    evidence: "standalone/deploy-cp-cluster.sh",
    remedy: "all of its checks, and further ones, run when the plan is created",
    patches: [],
  },
  {
    id: "podman-build",
    symptom:
      "Podman 3.4.7 is built on every node with the distribution's Go: minutes on each, from packages of Ubuntu 22.04",
    evidence: "standalone/roles/cp/podman/tasks/main.yml",
    remedy: "machines with another image are rejected by rule KPS019; the deadline of the phase includes the time",
    patches: [],
  },
  {
    id: "closed-namespaces",
    symptom:
      "Kyverno adds a network policy to each namespace that is created later; it may drop traffic that enters at the port of another node",
    evidence: "applications/kyverno-1.13.6: the tunnel addresses of the nodes are computed but not admitted",
    remedy: "deploy workloads with node ports to the namespace default, or give their namespace a network policy",
    patches: [],
  },
  {
    id: "blanked-variables",
    symptom: "NHN Cloud's password stays in the variables on an install host that is not a control plane node",
    evidence: "standalone/roles/cp/controller/tasks/main.yml blanks the copies on the first control plane node",
    remedy:
      "the install host is that node, and its variables contain the path of the password file instead of the password",
    patches: [],
  },
  {
    id: "moved-images",
    symptom: "images of the portal were moved to another name in autumn 2025",
    evidence: "bitnami/containers#83267",
    remedy: "none: check that the images of the rendered charts can be pulled before installing the portal",
    patches: [],
  },
];
