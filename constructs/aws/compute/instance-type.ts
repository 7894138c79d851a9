/** Processor architectures of nodes. */
export type Architecture = "x86_64" | "arm64";

/** Accelerators of instances whose drivers only special images contain. */
export type Accelerator = "NVIDIA" | "Neuron";

type Interfaces = ReadonlyMap<string, readonly [interfaces: number, addresses: number]>;

/** Network interfaces and addresses per interface, by size; the same in all current families. Source: EC2 user guide. */
const INTERFACES: Interfaces = new Map([
  ["medium", [2, 4]],
  ["large", [3, 10]],
  ["xlarge", [4, 15]],
  ["2xlarge", [4, 15]],
  ["4xlarge", [8, 30]],
  ["8xlarge", [8, 30]],
  ["12xlarge", [8, 30]],
  ["16xlarge", [15, 50]],
  ["24xlarge", [15, 50]],
]);

/** The same for burstable types. */
const BURSTABLE: Interfaces = new Map([
  ["nano", [2, 2]],
  ["micro", [2, 2]],
  ["small", [3, 4]],
  ["medium", [3, 6]],
  ["large", [3, 12]],
  ["xlarge", [4, 15]],
  ["2xlarge", [4, 15]],
]);

const GENERAL = /^[mcr][5-8](a|g|i|ad|gd|id|d|n|dn|in|idn|zn|i-flex)?$/;

/** Families with NVIDIA GPUs: P and G, except g4ad, whose GPUs are of AMD. Source: EC2 user guide, accelerated computing. */
const NVIDIA = /^(p\d+[a-z]*(-[a-z0-9]+)?|(?!g4ad)gr?\d+[a-z]*)$/;

/** Families with AWS Inferentia and AWS Trainium. */
const NEURON = /^(inf|trn)\d+[a-z]*$/;

/** Whether a text has the form of an instance type: family and size. */
export function isInstanceType(text: string): boolean {
  return /^[a-z][a-z0-9]*(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*$/.test(text);
}

/** Architecture of an instance type, derived from its name: `m7g.large` is Graviton, `p6e-gb200` Grace, `m5.large` neither. */
export function architectureOf(instanceType: string): Architecture {
  return /^(a1|[a-z]+\d+g[a-z]*|p\d+e?-gb\d+)\./.test(instanceType) ? "arm64" : "x86_64";
}

/** Accelerator of an instance type, derived from its family; undefined for types without one. */
export function acceleratorOf(instanceType: string): Accelerator | undefined {
  const [family = ""] = instanceType.split(".");
  if (NVIDIA.test(family)) return "NVIDIA";
  return NEURON.test(family) ? "Neuron" : undefined;
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
  if (/^t(3a?|4g)$/.test(family)) return BURSTABLE.get(size);
  return GENERAL.test(family) ? INTERFACES.get(size) : undefined;
}
