import { KNOWN_ISSUES_1_6_2 } from "@groundwork/constructs/kpaas/plan/release/known-issues";
import { installHostBoot, type InstallHostProps } from "@groundwork/constructs/kpaas/boot/install-host";
import { SshTrust } from "@groundwork/constructs/kpaas/boot/ssh-trust";
import { type BootOutcome, BootRoot } from "./boot-root";
import { ansible, type InstallerRepository, installHostPrograms } from "./kpaas-installer";

/** The lab's cluster: a control plane node, which is the install host, and three workers. */
export const NODES = [1, 2, 3, 4].map((n) => ({ name: `lab-cluster${n}`, address: `192.168.7.${10 + n}` }));
const master = { name: "lab-cluster1", address: "192.168.7.11", publicAddress: "198.51.100.7" };

const VARIABLES = `export KUBE_CONTROL_HOSTS=1
export MASTER1_NODE_HOSTNAME=lab-cluster1
export MASTER1_NODE_PUBLIC_IP=198.51.100.7
`;

/** Properties of the lab's install host. */
export function hostProps(commit: string, ingressAddress = "192.168.7.100"): InstallHostProps {
  return {
    release: { repository: "https://github.com/K-PaaS/cp-deployment.git", tag: "v1.6.2", commit },
    patches: KNOWN_ISSUES_1_6_2.flatMap(({ patches }) => patches),
    ...{ variables: VARIABLES, master, nodes: NODES, controlPlanes: 1, workers: 3 },
    ...{ nfsAddress: "192.168.7.20", ingressAddress, metalLb: true, kyverno: true },
    trust: SshTrust.createdAtFirstBoot({ installHost: master, nodes: NODES }),
  };
}

/** Responses of a ready cluster, by the name of the requested object. */
function readyCluster(ingressAddress: string): Readonly<Record<string, unknown>> {
  const workload = (kind: string, name: string) => ({
    kind,
    metadata: { name },
    spec: { replicas: 2 },
    status: { availableReplicas: 2, desiredNumberScheduled: 4, numberAvailable: 4 },
  });
  const items = [workload("Deployment", "one"), workload("DaemonSet", "two")];
  return {
    nodes: { items: NODES.map(() => ({ status: { conditions: [{ type: "Ready", status: "True" }] } })) },
    ...Object.fromEntries(
      ["kube-system", "ingress-nginx", "metallb-system", "kyverno"].map((namespace) => [
        `deployments,daemonsets-${namespace}`,
        { items },
      ]),
    ),
    storageclasses: {
      items: [
        {
          metadata: { name: "cp-storageclass", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
        },
      ],
    },
    persistentvolumeclaim: { status: { phase: "Bound" } },
    service: { status: { loadBalancer: { ingress: [{ ip: ingressAddress }] } } },
  };
}

/** An install host whose phases run in a sandbox. */
export class InstallHost {
  readonly root: BootRoot;

  constructor(repository: InstallerRepository, props: Partial<InstallHostProps> = {}) {
    const merged = { ...hostProps(repository.commit), ...props };
    this.root = new BootRoot(installHostBoot(merged).render(), installHostPrograms(repository));
    const { root } = this;
    root.write("/.ansible-playbook", ansible(root.directory), "0755");
    root.write("/etc/hosts", "127.0.0.1 localhost\n127.0.1.1 lab-cluster1\n");
    root.write("/home/ubuntu/.bashrc", "return 1\n");
    for (const [name, response] of Object.entries(readyCluster(merged.ingressAddress ?? "")))
      this.respond(name, response);
  }

  /** Sets the response of `kubectl get`. */
  respond(name: string, response: unknown): void {
    this.root.write(`/kube/${name}.json`, JSON.stringify(response));
  }

  boot(): Promise<BootOutcome> {
    return this.root.boot({ POLL_SECONDS: "0.05" });
  }

  /** The status file. */
  get status(): Readonly<Record<string, string>> {
    return JSON.parse(this.root.read("/var/lib/kpaas/status.json")) as Record<string, string>;
  }

  /** Simulates a power failure, once, when the boot reaches a step. */
  cutAt(step: string): void {
    this.root.write(`/cut-${step}`, "");
  }

  /** Lets a program fail, once. */
  failOnce(program: string): void {
    this.root.write(`/fail-${program}`, "");
  }

  /** Arguments of the calls of a program. */
  calls(program: string): readonly string[] {
    const own = this.root.calls.filter((call) => call.startsWith(`${program} `));
    return own.map((call) => call.slice(program.length + 1));
  }
}
