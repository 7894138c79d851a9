import { join } from "node:path";
import type { Program, Programs } from "./tools";

/** Settings of a new cluster. */
export interface ClusterPlan {
  readonly directory: string;
  readonly programs: Programs;
  /** The administrator's token. */
  readonly token: string;
  readonly ports: Readonly<Record<"etcd" | "peer" | "server" | "manager" | "scheduler" | "kwok", number>>;
}

/** Command-line arguments of a program of the cluster. */
export function programArguments(program: Program, plan: ClusterPlan): readonly string[] {
  return ARGUMENTS[program](plan);
}

const ARGUMENTS: Readonly<Record<Program, (plan: ClusterPlan) => readonly string[]>> = {
  etcd: ({ directory, ports }) => [
    `--data-dir=${join(directory, "etcd")}`,
    `--listen-client-urls=${url(ports.etcd)}`,
    `--advertise-client-urls=${url(ports.etcd)}`,
    `--listen-peer-urls=${url(ports.peer)}`,
    `--initial-advertise-peer-urls=${url(ports.peer)}`,
    `--initial-cluster=default=${url(ports.peer)}`,
    "--unsafe-no-fsync",
    "--log-level=error",
  ],
  "kube-apiserver": ({ directory, ports }) => [
    ...loopback(ports.server),
    `--etcd-servers=${url(ports.etcd)}`,
    `--cert-dir=${join(directory, "certs")}`,
    `--token-auth-file=${join(directory, "tokens.csv")}`,
    "--authorization-mode=RBAC",
    "--service-cluster-ip-range=10.96.0.0/16",
    "--service-account-issuer=https://kubernetes.default.svc",
    `--service-account-key-file=${join(directory, "sa.key")}`,
    `--service-account-signing-key-file=${join(directory, "sa.key")}`,
    // As in EKS; without it privileged DaemonSets, such as network plugins, are rejected.
    "--allow-privileged=true",
  ],
  "kube-controller-manager": ({ directory, ports }) => [
    ...loopback(ports.manager),
    kubeconfig(directory),
    `--service-account-private-key-file=${join(directory, "sa.key")}`,
    `--root-ca-file=${join(directory, "certs/apiserver.crt")}`,
    "--leader-elect=false",
    `--cert-dir=${join(directory, "manager")}`,
  ],
  "kube-scheduler": ({ directory, ports }) => [
    ...loopback(ports.scheduler),
    kubeconfig(directory),
    "--leader-elect=false",
    `--cert-dir=${join(directory, "scheduler")}`,
  ],
  kwok: ({ directory, ports }) => [
    kubeconfig(directory),
    "--manage-all-nodes=true",
    // Without leases the node controller marks every node as unreachable after a minute, and evicts their pods.
    "--node-lease-duration-seconds=40",
    `--server-address=127.0.0.1:${ports.kwok}`,
  ],
};

function url(port: number): string {
  return `http://127.0.0.1:${port}`;
}

function loopback(port: number): readonly string[] {
  return ["--bind-address=127.0.0.1", `--secure-port=${port}`];
}

function kubeconfig(directory: string): string {
  return `--kubeconfig=${join(directory, "kubeconfig")}`;
}
