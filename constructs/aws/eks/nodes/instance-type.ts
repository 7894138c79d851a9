/** Processor architectures of nodes. */
export type Architecture = "x86_64" | "arm64";

/** Network interfaces and addresses per interface, by size; the same in all current families. Source: EC2 user guide. */
const INTERFACES: Readonly<Record<string, readonly [interfaces: number, addresses: number]>> = {
  medium: [2, 4],
  large: [3, 10],
  xlarge: [4, 15],
  "2xlarge": [4, 15],
  "4xlarge": [8, 30],
  "8xlarge": [8, 30],
  "12xlarge": [8, 30],
  "16xlarge": [15, 50],
  "24xlarge": [15, 50],
};

/** The same for burstable types. */
const BURSTABLE: Readonly<Record<string, readonly [interfaces: number, addresses: number]>> = {
  nano: [2, 2],
  micro: [2, 2],
  small: [3, 4],
  medium: [3, 6],
  large: [3, 12],
  xlarge: [4, 15],
  "2xlarge": [4, 15],
};

const GENERAL = /^[mcr][5-8](a|g|i|ad|gd|id|d|n|dn|in|idn|zn|i-flex)?$/;

/** Architecture of an instance type, derived from its name: `m7g.large` is Graviton, `m5.large` is not. */
export function architectureOf(instanceType: string): Architecture {
  return /^(a1|[a-z]+\d+g[a-z]*)\./.test(instanceType) ? "arm64" : "x86_64";
}

/** Number of addresses that a node with the maximum number of pods uses; undefined for unknown types. */
export function addressesOf(instanceType: string): number | undefined {
  const found = interfacesOf(instanceType);
  return found === undefined ? undefined : found[0] * found[1];
}

/** Maximum number of pods, each with its own address: the first one of each interface is the node's. Undefined for unknown types. */
export function podsOf(instanceType: string): number | undefined {
  const found = interfacesOf(instanceType);
  return found === undefined ? undefined : found[0] * (found[1] - 1) + 2;
}

function interfacesOf(instanceType: string): readonly [number, number] | undefined {
  const [family = "", size = ""] = instanceType.split(".");
  if (/^t(3a?|4g)$/.test(family)) return BURSTABLE[size];
  return GENERAL.test(family) ? INTERFACES[size] : undefined;
}
