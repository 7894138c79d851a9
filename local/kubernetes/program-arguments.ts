import { join } from "node:path";
import type { Program, Programs } from "./tools";

/** Settings of a new cluster. */
export interface ClusterPlan {
  readonly directory: string;
  readonly programs: Programs;
  /** The administrator's token. */
  readonly token: string;
  /** Port of the API server, the only program that listens on a port. */
  readonly port: number;
  /** Directory of the sockets, which only this user can enter. */
  readonly privateDirectory: string;
}

/** Command-line arguments of a program of the cluster. */
export function programArguments(program: Program, plan: ClusterPlan): readonly string[] {
  return ARGUMENTS[program](plan);
}

/** The peer address of etcd, which has no peers. Nothing listens on it. */
const NO_PEER = "http://127.0.0.1:2380";

/** Programs that serve only metrics do not listen. */
const DO_NOT_LISTEN = "--secure-port=0";

const ARGUMENTS: Readonly<Record<Program, (plan: ClusterPlan) => readonly string[]>> = {
  // etcd has no authentication: a program that reaches it controls the cluster.
  etcd: (plan) => [
    `--data-dir=${join(plan.directory, "etcd")}`,
    `--listen-client-urls=${etcdSocket(plan)}`,
    // Addresses of sockets are rejected; no client reads this one.
    `--advertise-client-urls=${NO_PEER}`,
    `--listen-peer-urls=unix://${join(plan.privateDirectory, "peer.sock")}`,
    `--initial-advertise-peer-urls=${NO_PEER}`,
    `--initial-cluster=default=${NO_PEER}`,
    "--unsafe-no-fsync",
    "--log-level=error",
  ],
  "kube-apiserver": (plan) => [
    "--bind-address=127.0.0.1",
    `--secure-port=${plan.port}`,
    `--etcd-servers=${etcdSocket(plan)}`,
    `--cert-dir=${join(plan.directory, "certs")}`,
    `--token-auth-file=${join(plan.directory, "tokens.csv")}`,
    "--authorization-mode=RBAC",
    "--service-cluster-ip-range=10.96.0.0/16",
    "--service-account-issuer=https://kubernetes.default.svc",
    `--service-account-key-file=${join(plan.directory, "sa.key")}`,
    `--service-account-signing-key-file=${join(plan.directory, "sa.key")}`,
    // As in EKS; without it privileged DaemonSets, such as network plugins, are rejected.
    "--allow-privileged=true",
    // Charts register webhooks and APIs that their pods would serve. Simulated pods serve nothing, and the API server would send the
    // requests to an address outside this machine.
    "--disable-admission-plugins=MutatingAdmissionWebhook,ValidatingAdmissionWebhook",
    `--egress-selector-config-file=${egressFile(plan)}`,
  ],
  "kube-controller-manager": ({ directory }) => [
    DO_NOT_LISTEN,
    kubeconfig(directory),
    `--service-account-private-key-file=${join(directory, "sa.key")}`,
    `--root-ca-file=${join(directory, "certs/apiserver.crt")}`,
    "--leader-elect=false",
    // The autoscaler of pods reacts within seconds instead of minutes.
    "--horizontal-pod-autoscaler-sync-period=2s",
    "--horizontal-pod-autoscaler-downscale-stabilization=5s",
    "--horizontal-pod-autoscaler-initial-readiness-delay=1s",
    "--horizontal-pod-autoscaler-cpu-initialization-period=1s",
  ],
  "kube-scheduler": ({ directory }) => [DO_NOT_LISTEN, kubeconfig(directory), "--leader-elect=false"],
  // Without a server address it does not listen.
  kwok: ({ directory }) => [
    kubeconfig(directory),
    "--manage-all-nodes=true",
    // Without leases the node controller marks every node as unreachable after a minute, and evicts their pods.
    "--node-lease-duration-seconds=40",
  ],
};

/** The file with the route of the API server to Services, pods and nodes. */
export function egressFile({ directory }: Pick<ClusterPlan, "directory">): string {
  return join(directory, "egress.yaml");
}

/** A route to a socket on which nothing listens: the API server reaches nothing but etcd. */
export function egressConfiguration({ privateDirectory }: Pick<ClusterPlan, "privateDirectory">): object {
  const transport = { uds: { udsName: join(privateDirectory, "no-egress.sock") } };
  return {
    apiVersion: "apiserver.k8s.io/v1beta1",
    kind: "EgressSelectorConfiguration",
    egressSelections: [{ name: "cluster", connection: { proxyProtocol: "HTTPConnect", transport } }],
  };
}

function etcdSocket({ privateDirectory }: ClusterPlan): string {
  return `unix://${join(privateDirectory, "etcd.sock")}`;
}

function kubeconfig(directory: string): string {
  return `--kubeconfig=${join(directory, "kubeconfig")}`;
}
