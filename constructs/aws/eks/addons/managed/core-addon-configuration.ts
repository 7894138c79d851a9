import type { Construct } from "constructs";
import { defined } from "../../../../core/defined";
import type { HelmValues } from "../../../../kubernetes/helm/helm-values";
import { EKS029 } from "../../rules";
import { mergedValues } from "../merged-values";

/** Add-ons that every cluster has. */
export type CoreAddon = "vpc-cni" | "kube-proxy" | "eks-pod-identity-agent" | "coredns";

/** Configuration of the network plugin. */
export interface VpcCniConfiguration {
  /**
   * Whether the plugin assigns blocks of 16 addresses to network interfaces: more pods per node (110 instead of 29 on an m7g.large),
   * from subnets with contiguous free /28 blocks. @default false
   */
  readonly prefixDelegation?: boolean;
  /** Number of unused blocks that each node keeps; only with prefix delegation. @default 1 */
  readonly warmPrefixes?: number;
  /** Number of unused addresses that each node keeps. @default - a whole network interface */
  readonly warmAddresses?: number;
  /** Number of addresses that each node has at least. @default - none */
  readonly minimumAddresses?: number;
  /** Whether the plugin enforces network policies of Kubernetes. @default false */
  readonly networkPolicies?: boolean;
  /** Further environment variables of the plugin, for example `AWS_VPC_K8S_CNI_EXTERNALSNAT`. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
  /** Further values by the add-on's schema: `aws eks describe-addon-configuration`. @default - none */
  readonly values?: HelmValues;
}

/** A toleration of the CoreDNS pods. Omitted properties match everything. */
export interface AddonToleration {
  /** Key of the taint. @default - every key */
  readonly key?: string;
  /** Value of the taint. @default - none */
  readonly value?: string;
  /** Effect of the taint. @default - every effect */
  readonly effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

/** Configuration of CoreDNS. */
export interface CoreDnsConfiguration {
  /** Number of pods, or bounds between which the add-on scales them with the cluster. @default 2 */
  readonly replicas?: number | { readonly min: number; readonly max: number };
  /** Taints that its pods tolerate, in addition to those of the add-on. @default - `CriticalAddonsOnly` and the control plane */
  readonly tolerations?: readonly AddonToleration[];
  /** Text of the Corefile. @default - the Corefile of the add-on */
  readonly corefile?: string;
  /** Further values by the add-on's schema. @default - none */
  readonly values?: HelmValues;
}

/** Configuration of kube-proxy. */
export interface KubeProxyConfiguration {
  /** How Services are implemented on nodes. @default "iptables" */
  readonly mode?: "iptables" | "ipvs" | "nftables";
  /** Further values by the add-on's schema. @default - none */
  readonly values?: HelmValues;
}

/** Configuration of the agent of EKS Pod Identity. */
export interface PodIdentityAgentConfiguration {
  /** Values by the add-on's schema. @default - none */
  readonly values?: HelmValues;
}

/** Configuration of the core add-ons, by name. */
export interface CoreAddonConfiguration {
  /** Network plugin. @default - the defaults of the add-on */
  readonly "vpc-cni"?: VpcCniConfiguration;
  /** CoreDNS. @default - the defaults of the add-on */
  readonly coredns?: CoreDnsConfiguration;
  /** kube-proxy. @default - the defaults of the add-on */
  readonly "kube-proxy"?: KubeProxyConfiguration;
  /** Agent of EKS Pod Identity. @default - the defaults of the add-on */
  readonly "eks-pod-identity-agent"?: PodIdentityAgentConfiguration;
}

/** Tolerations of the add-on, which a configuration replaces as a whole. */
const COREDNS_TOLERATIONS = [
  { key: "CriticalAddonsOnly", operator: "Exists" },
  { key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" },
];

/** Rejects numbers that the schemas of the add-ons do not accept. */
export function checkAddonConfiguration(at: Construct, configuration: CoreAddonConfiguration = {}): void {
  const { "vpc-cni": cni = {}, coredns: { replicas } = {} } = configuration;
  const { min, max } = typeof replicas === "object" ? replicas : { min: replicas, max: replicas };
  const numbers: Readonly<Record<string, number | undefined>> = {
    "warmPrefixes of vpc-cni": cni.warmPrefixes,
    "warmAddresses of vpc-cni": cni.warmAddresses,
    "minimumAddresses of vpc-cni": cni.minimumAddresses,
    "min replicas of coredns": min,
    "max replicas of coredns": max,
  };
  for (const [name, value] of Object.entries(numbers))
    if (!isCount(value))
      throw EKS029.violation({ at, given: `${name}: ${value}`, fix: "use a whole number from 1 to 1000" });
  if ((min ?? 0) > (max ?? 0))
    throw EKS029.violation({ at, given: `replicas of coredns: ${min} to ${max}`, fix: "min is at most max" });
}

function isCount(value: number | undefined): boolean {
  return value === undefined || (Number.isInteger(value) && value >= 1 && value <= 1000);
}

/** The configuration of an add-on by its schema; undefined without settings. */
export function renderAddonConfiguration(name: string, all: CoreAddonConfiguration): HelmValues | undefined {
  const found = (Object.entries(RENDERERS) as readonly [string, (all: CoreAddonConfiguration) => HelmValues][]).find(
    ([addon]) => addon === name,
  );
  const values = found?.[1](all) ?? {};
  return Object.keys(values).length === 0 ? undefined : values;
}

const RENDERERS: Readonly<Record<CoreAddon, (all: CoreAddonConfiguration) => HelmValues>> = {
  "vpc-cni": ({ "vpc-cni": cni = {} }) => vpcCni(cni),
  coredns: ({ coredns = {} }) => coreDns(coredns),
  "kube-proxy": ({ "kube-proxy": { mode, values = {} } = {} }) => mergedValues(defined({ mode }), values),
  "eks-pod-identity-agent": ({ "eks-pod-identity-agent": { values = {} } = {} }) => values,
};

function vpcCni({ environment, values = {}, ...settings }: VpcCniConfiguration): HelmValues {
  const env = {
    ...defined({
      ENABLE_PREFIX_DELEGATION: settings.prefixDelegation?.toString(),
      WARM_PREFIX_TARGET: (settings.warmPrefixes ?? (settings.prefixDelegation === true ? 1 : undefined))?.toString(),
      WARM_IP_TARGET: settings.warmAddresses?.toString(),
      MINIMUM_IP_TARGET: settings.minimumAddresses?.toString(),
    }),
    ...environment,
  };
  return mergedValues(
    defined({
      env: Object.keys(env).length === 0 ? undefined : env,
      enableNetworkPolicy: settings.networkPolicies?.toString(),
    }),
    values,
  );
}

function coreDns({ replicas, tolerations, corefile, values = {} }: CoreDnsConfiguration): HelmValues {
  return mergedValues(
    defined({
      replicaCount: typeof replicas === "number" ? replicas : undefined,
      autoScaling:
        typeof replicas === "object"
          ? { enabled: true, minReplicas: replicas.min, maxReplicas: replicas.max }
          : undefined,
      tolerations:
        tolerations === undefined
          ? undefined
          : [...COREDNS_TOLERATIONS, ...tolerations.map((one) => tolerationOf(one))],
      corefile,
    }),
    values,
  );
}

function tolerationOf({ key, value, effect }: AddonToleration): HelmValues {
  return { ...defined({ key, value, effect }), operator: value === undefined ? "Exists" : "Equal" };
}
