import { KNOWN_ISSUES_1_6_2 } from "@groundwork/constructs/kpaas/plan/release/known-issues";
import { installHostBoot } from "@groundwork/constructs/kpaas/boot/install-host";
import type { InstallHostProps } from "@groundwork/constructs/kpaas/boot/install-host";
import { SshTrust } from "@groundwork/constructs/kpaas/boot/ssh-trust";
import type { BootOutcome } from "./boot-root";
import { BootRoot } from "./boot-root";
import type { InstallerRepository } from "./kpaas-installer";
import { ansible, installHostPrograms } from "./kpaas-installer";

/** The lab's cluster: a control plane, which is the install host, and three workers. */
export const NODES = [1, 2, 3, 4].map((n) => ({ name: `lab-cluster${n}`, address: `192.168.7.${10 + n}` }));
const master = { name: "lab-cluster1", address: "192.168.7.11", publicAddress: "198.51.100.7" };

const VARIABLES = `export KUBE_CONTROL_HOSTS=1
export MASTER1_NODE_HOSTNAME=lab-cluster1
export MASTER1_NODE_PUBLIC_IP=198.51.100.7
`;

/** What an install host of the lab is told. */
export function hostProps(commit: string, ingressAddress = "192.168.7.100"): InstallHostProps {
  return {
    release: { repository: "https://github.com/K-PaaS/cp-deployment.git", tag: "v1.6.2", commit },
    patches: KNOWN_ISSUES_1_6_2.flatMap(({ patches }) => patches),
    ...{ variables: VARIABLES, master, nodes: NODES, controlPlanes: 1, workers: 3 },
    ...{ nfsAddress: "192.168.7.20", ingressAddress, metalLb: true, kyverno: true },
    trust: SshTrust.createdAtFirstBoot({ installHost: master, nodes: NODES }),
  };
}

/** What a cluster that stands answers, by the name of what is asked for. */
function standing(ingressAddress: string): Readonly<Record<string, unknown>> {
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

/** An install host whose phases really run here. */
export class InstallHost {
  readonly root: BootRoot;

  constructor(repository: InstallerRepository, props: Partial<InstallHostProps> = {}) {
    const whole = { ...hostProps(repository.commit), ...props };
    this.root = new BootRoot(installHostBoot(whole).render(), installHostPrograms(repository));
    const { root } = this;
    root.write("/.ansible-playbook", ansible(root.directory), "0755");
    root.write("/etc/hosts", "127.0.0.1 localhost\n127.0.1.1 lab-cluster1\n");
    root.write("/home/ubuntu/.bashrc", "return 1\n");
    for (const [name, answer] of Object.entries(standing(whole.ingressAddress ?? ""))) this.answers(name, answer);
  }

  /** What `kubectl get` answers from now on. */
  answers(name: string, answer: unknown): void {
    this.root.write(`/kube/${name}.json`, JSON.stringify(answer));
  }

  boot(): Promise<BootOutcome> {
    return this.root.boot({ POLL_SECONDS: "0.05" });
  }

  /** What the operator reads. */
  get status(): Readonly<Record<string, string>> {
    return JSON.parse(this.root.read("/var/lib/kpaas/status.json")) as Record<string, string>;
  }

  /** Lets the power be cut, once, when the boot comes to a place. */
  cutAt(place: string): void {
    this.root.write(`/cut-${place}`, "");
  }

  /** Lets a program fail, once. */
  stumble(program: string): void {
    this.root.write(`/stumble-${program}`, "");
  }

  /** Calls of a program, without its name. */
  calls(program: string): readonly string[] {
    const mine = this.root.calls.filter((call) => call.startsWith(`${program} `));
    return mine.map((call) => call.slice(program.length + 1));
  }
}
