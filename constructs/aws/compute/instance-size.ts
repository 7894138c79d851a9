import { instanceFacts } from "./instance-facts";

/** GiB of memory per vCPU, by the first letter of the instance family, for types that are newer than the table. */
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
 * Size of an instance type, from the table of instance types or else derived from its name; undefined for unknown families that do
 * not follow the naming rule.
 *
 * @example instanceSize("m5.large") // { cpus: 2, gibibytes: 8, isBurstable: false }
 */
export function instanceSize(type: string): InstanceSize | undefined {
  const facts = instanceFacts(type);
  if (facts === undefined) return derivedSize(type);
  return { cpus: facts.cpus, gibibytes: facts.gibibytes, isBurstable: isBurstable(type) };
}

/** Whether the CPU performance of a type depends on credits. */
export function isBurstable(type: string): boolean {
  return /^t\d/.test(type);
}

function derivedSize(type: string): InstanceSize | undefined {
  const [, letter = "", size = ""] = /^([cmr])\d[a-z]*\.([a-z0-9]+)$/.exec(type) ?? [];
  const perCpu = MEMORY_PER_CPU.get(letter);
  const cpus = CPUS.get(size) ?? 4 * Number(/^(\d+)xlarge$/.exec(size)?.[1]);
  return perCpu === undefined || Number.isNaN(cpus)
    ? undefined
    : { cpus, gibibytes: cpus * perCpu, isBurstable: false };
}
