/** GiB of memory per vCPU, by the first letter of the instance family. */
const MEMORY_PER_CPU: ReadonlyMap<string, number> = new Map([
  ["c", 2],
  ["m", 4],
  ["r", 8],
]);

/** vCPUs of the sizes without a number. */
const CPUS: ReadonlyMap<string, number> = new Map([
  ["medium", 1],
  ["large", 2],
  ["xlarge", 4],
]);

/** vCPUs and GiB of memory of burstable types. */
const BURSTABLE: ReadonlyMap<string, readonly [number, number]> = new Map([
  ["nano", [2, 0.5]],
  ["micro", [2, 1]],
  ["small", [2, 2]],
  ["medium", [2, 4]],
  ["large", [2, 8]],
  ["xlarge", [4, 16]],
  ["2xlarge", [8, 32]],
]);

/** Size of an instance type. */
export interface InstanceSize {
  /** Number of vCPUs. */
  readonly cpus: number;
  /** Memory in GiB. */
  readonly gibibytes: number;
  /** Whether its CPU performance depends on credits, which a continuously loaded server exhausts. */
  readonly isBurstable: boolean;
}

/**
 * Size of an instance type, derived from its name; undefined for families that do not follow the naming rule.
 *
 * @example instanceSize("m5.large") // { cpus: 2, gibibytes: 8, isBurstable: false }
 */
export function instanceSize(type: string): InstanceSize | undefined {
  const [, letter = "", size = ""] = /^([a-z])\d[a-z]*\.([a-z0-9]+)$/.exec(type) ?? [];
  return letter === "t" ? burstableSize(size) : fixedSize(letter, size);
}

function burstableSize(size: string): InstanceSize | undefined {
  const known = BURSTABLE.get(size);
  return known && { cpus: known[0], gibibytes: known[1], isBurstable: true };
}

function fixedSize(letter: string, size: string): InstanceSize | undefined {
  const perCpu = MEMORY_PER_CPU.get(letter);
  const cpus = CPUS.get(size) ?? 4 * Number(/^(\d+)xlarge$/.exec(size)?.[1]);
  return perCpu === undefined || Number.isNaN(cpus)
    ? undefined
    : { cpus, gibibytes: cpus * perCpu, isBurstable: false };
}

/** Architecture of an instance type, as in image names. Families with a `g` after their number have Graviton processors. */
export function architectureOf(type: string): "amd64" | "arm64" {
  return /^[a-z]+\d+g/.test(type) ? "arm64" : "amd64";
}
