import { AddOn } from "./add-on";
import type { Patch } from "./patch";

/** Something in a release that does not work, or not without a person. */
export interface Breakage {
  /** A noun. */
  readonly id: string;
  /** What happens. */
  readonly symptom: string;
  /** Where that can be read. */
  readonly evidence: string;
  /** What this library does about it. */
  readonly answer: string;
  /** Changes of the installer's files; none where the answer is another. */
  readonly patches: readonly Patch[];
  /** Whoever says this wants the thing as it is. */
  readonly unless?: AddOn;
}

const TERMINAL =
  "without a terminal tee fails, and the play stops after the cluster has been installed; with one it hides failures";

/** Paths are those of K-PaaS/cp-deployment at v1.6.2. */
export const BREAKAGES_1_6_2: readonly Breakage[] = [
  {
    id: "terminal",
    symptom: TERMINAL,
    evidence: "single/roles/cp-install/tasks/main.yml, single/roles/cp-reset/tasks/main.yml: the pipe to /dev/tty",
    answer: "the pipe is taken out, so that the status is the installer's own",
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
      "Helm is installed from a package source that has been gone since September 2025; what comes after it is left out",
    evidence: "single/roles/helm/tasks/main.yml; helm/helm#31229, helm/helm#31691",
    answer:
      "the install host is the first control plane node, where Kubespray has put Helm; the role is taken out of its play",
    patches: [
      {
        name: "helm",
        reason: "its package source is gone, and Kubespray has installed Helm on this machine already",
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
    answer: "the role is taken out of its play, unless AddOn.SECURITY_BINARY is asked for",
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
    symptom: "the first control plane node clones a branch, and a branch moves",
    evidence: "single/roles/cp-download/tasks/main.yml: no update, and errors ignored",
    answer: "the pinned commit is checked out first; the role keeps a checkout that it finds",
    patches: [],
  },
  {
    id: "kyverno-wait",
    symptom: "NHN Cloud's controller without Kyverno: waits for a pod that never comes, and fails",
    evidence: "standalone/roles/cp/controller/tasks/main.yml",
    answer: "refused by rule KPS015",
    patches: [],
  },
  {
    id: "one-region",
    symptom: "NHN Cloud's controller calls the API of KR1, wherever the cluster is",
    evidence: "standalone/roles/cp/controller/tasks/main.yml",
    answer: "refused by rule KPS016",
    patches: [],
  },
  {
    id: "late-checks",
    symptom: "the second script's checks use return outside of a function: they print an error and go on",
    evidence: "standalone/deploy-cp-cluster.sh",
    answer: "everything it checks, and more, is checked when the model is made",
    patches: [],
  },
  {
    id: "podman-build",
    symptom:
      "Podman 3.4.7 is built on every node with the distribution's Go: minutes each, from packages that 22.04 has",
    evidence: "standalone/roles/cp/podman/tasks/main.yml",
    answer: "machines of another image are refused by rule KPS019; the time is part of the installation's deadline",
    patches: [],
  },
  {
    id: "closed-namespaces",
    symptom:
      "Kyverno closes each namespace that is made later to others, and may drop what came in at another node's port",
    evidence: "applications/kyverno-1.13.6: addresses of the nodes' tunnels are computed and not admitted",
    answer: "put what is reached by node ports into the namespace default, or give it a network policy of its own",
    patches: [],
  },
  {
    id: "blanked-variables",
    symptom: "NHN Cloud's password stays in the variables of an install host that is no control plane node",
    evidence: "standalone/roles/cp/controller/tasks/main.yml blanks the copies of the first control plane node",
    answer: "the install host is that node, and its variables name the file of the password in place of the password",
    patches: [],
  },
  {
    id: "moved-images",
    symptom: "images of the portal were moved to another name in autumn 2025",
    evidence: "bitnami/containers#83267",
    answer: "none here: look whether the images of the rendered charts can be pulled before the portal is installed",
    patches: [],
  },
];
