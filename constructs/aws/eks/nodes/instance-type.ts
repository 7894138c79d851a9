/** Processors that nodes come with. */
export type Architecture = "x86_64" | "arm64";

/** Interfaces, and addresses on each, of sizes that all current families share. Source: the EC2 user guide's table. */
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

/** Burstable types have other numbers. */
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

/** What an instance type says about itself by its name: `m7g.large` is Graviton, `m5.large` is not. */
export function architectureOf(instanceType: string): Architecture {
  return /^(a1|[a-z]+\d+g[a-z]*)\./.test(instanceType) ? "arm64" : "x86_64";
}

/** How many addresses a node takes when it is full; nothing for types that are not in the table. */
export function addressesOf(instanceType: string): number | undefined {
  const found = interfacesOf(instanceType);
  return found === undefined ? undefined : found[0] * found[1];
}

/** How many pods a node takes when each has an address of its own: the first of each interface is the node's. */
export function podsOf(instanceType: string): number | undefined {
  const found = interfacesOf(instanceType);
  return found === undefined ? undefined : found[0] * (found[1] - 1) + 2;
}

function interfacesOf(instanceType: string): readonly [number, number] | undefined {
  const [family = "", size = ""] = instanceType.split(".");
  if (/^t(3a?|4g)$/.test(family)) return BURSTABLE[size];
  return GENERAL.test(family) ? INTERFACES[size] : undefined;
}
