import type { ClusterPlan } from "./cluster-plan";
import type { KPaasNode } from "./node";
import { AddOn } from "./release/add-on";

/** A variable of the installer. */
export type Variable = readonly [name: string, value: string];

/** Variables of one subject. */
interface Section {
  readonly about: string;
  readonly variables: readonly Variable[];
}

/**
 * Defines the installer's variables for a cluster: the text of its `cp-cluster-vars.sh`.
 *
 * Every variable of the installer is always set, empty where it does not apply, so that none is missing and none is inherited from
 * the environment of the machine. A password is never included: the text contains the path of the password file.
 *
 * @example new ClusterVars(plan).toString()
 */
export class ClusterVars {
  private readonly sections: readonly Section[];

  constructor(plan: ClusterPlan) {
    this.sections = [
      { about: "control plane", variables: controlPlane(plan) },
      { about: "etcd on machines of its own", variables: etcd(plan) },
      { about: "control plane nodes", variables: masters(plan) },
      { about: "workers", variables: workers(plan) },
      { about: "storage", variables: storage(plan) },
      { about: "addresses of services", variables: addresses(plan) },
      { about: "policies", variables: [["INSTALL_KYVERNO", plan.has(AddOn.KYVERNO) ? "Y" : "N"]] },
      { about: "controller of NHN Cloud", variables: nhn(plan) },
    ];
  }

  /** All variables, in the order of the text. */
  get variables(): readonly Variable[] {
    return this.sections.flatMap(({ variables }) => variables);
  }

  /** The value of a variable; `undefined` for an unknown name. */
  valueOf(name: string): string | undefined {
    return this.variables.find(([variable]) => variable === name)?.[1];
  }

  /** The text. Bash sources it, grep searches it and sed changes it: one variable per line, no quotes. */
  toString(): string {
    return this.sections
      .map(
        ({ about, variables }) =>
          `# ${about}\n${variables.map(([name, value]) => `export ${name}=${value}\n`).join("")}`,
      )
      .join("\n");
  }
}

function controlPlane({ controlPlane: { nodes, etcd, balancer } }: ClusterPlan): readonly Variable[] {
  return [
    ["KUBE_CONTROL_HOSTS", `${nodes.length}`],
    ["ETCD_TYPE", etcd?.type ?? ""],
    ["LOADBALANCER_DOMAIN", balancer?.host ?? ""],
  ];
}

/** The installer reads as many etcd machines as there are control plane nodes. */
function etcd({ controlPlane: { nodes, etcd } }: ClusterPlan): readonly Variable[] {
  return nodes.flatMap((_, index) => described(`ETCD${index + 1}`, etcd?.nodes[index]));
}

function masters({ controlPlane: { nodes, publicAddress } }: ClusterPlan): readonly Variable[] {
  return nodes.flatMap((node, index) => {
    const [name, address] = described(`MASTER${index + 1}`, node);
    const published: readonly Variable[] = index === 0 ? [["MASTER1_NODE_PUBLIC_IP", publicAddress]] : [];
    return [name, ...published, address];
  });
}

function workers({ workers }: ClusterPlan): readonly Variable[] {
  return [
    ["KUBE_WORKER_HOSTS", `${workers.length}`],
    ...workers.flatMap((node, index) => described(`WORKER${index + 1}`, node)),
  ];
}

function storage({ storage: { kind, nfsServer } }: ClusterPlan): readonly Variable[] {
  return [
    ["STORAGE_TYPE", kind],
    ["NFS_SERVER_PRIVATE_IP", nfsServer?.fixedAddress ?? ""],
  ];
}

function addresses({ exposure }: ClusterPlan): readonly Variable[] {
  return [
    ["METALLB_IP_RANGE", exposure.serviceAddresses?.toString() ?? ""],
    ["INGRESS_NGINX_IP", exposure.ingressAddress ?? ""],
  ];
}

/** The installer's user reads the password when it sources the text; the installer passes it on in its environment. */
function nhn({ exposure: { nhn } }: ClusterPlan): readonly Variable[] {
  return [
    ["CSP_TYPE", nhn === undefined ? "" : "NHN"],
    ["NHN_USERNAME", nhn?.username ?? ""],
    ["NHN_PASSWORD", nhn === undefined ? "" : `"$(cat ${nhn.passwordFile})"`],
    ["NHN_TENANT_ID", nhn?.tenantId ?? ""],
    ["NHN_VIP_SUBNET_ID", nhn?.subnetId ?? ""],
  ];
}

function described(prefix: string, node: KPaasNode | undefined): readonly [Variable, Variable] {
  return [
    [`${prefix}_NODE_HOSTNAME`, node?.name ?? ""],
    [`${prefix}_NODE_PRIVATE_IP`, node?.fixedAddress ?? ""],
  ];
}
