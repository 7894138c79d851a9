/** Gibibytes for each processor, by the letter that a family begins with. */
const MEMORY_PER_CPU: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8 };

/** Processors of the sizes that have a name of their own. */
const CPUS: Readonly<Record<string, number>> = { medium: 1, large: 2, xlarge: 4 };

/** Processors and memory of burstable types, which follow no rule. */
const BURSTABLE: Readonly<Record<string, readonly [number, number]>> = {
  nano: [2, 0.5],
  micro: [2, 1],
  small: [2, 2],
  medium: [2, 4],
  large: [2, 8],
  xlarge: [4, 16],
  "2xlarge": [8, 32],
};

/** What a machine of a type has. */
export interface InstanceSize {
  readonly cpus: number;
  readonly gibibytes: number;
  /** Whether its processors are lent: a server that works all day runs out of credit. */
  readonly isBurstable: boolean;
}

/**
 * What a type of instance has, read from its name; nothing for families that do not follow AWS's rule.
 *
 * @example instanceSize("m5.large") // { cpus: 2, gibibytes: 8, isBurstable: false }
 */
export function instanceSize(type: string): InstanceSize | undefined {
  const [, letter = "", size = ""] = /^([a-z])\d[a-z]*\.([a-z0-9]+)$/.exec(type) ?? [];
  return letter === "t" ? burstable(size) : steady(letter, size);
}

function burstable(size: string): InstanceSize | undefined {
  const known = BURSTABLE[size];
  return known && { cpus: known[0], gibibytes: known[1], isBurstable: true };
}

function steady(letter: string, size: string): InstanceSize | undefined {
  const perCpu = MEMORY_PER_CPU[letter];
  const cpus = CPUS[size] ?? 4 * Number(/^(\d+)xlarge$/.exec(size)?.[1]);
  return perCpu === undefined || Number.isNaN(cpus)
    ? undefined
    : { cpus, gibibytes: cpus * perCpu, isBurstable: false };
}

/** Processor architecture of a type, as images are named by it. Families with a `g` behind their number are AWS's own. */
export function architectureOf(type: string): "amd64" | "arm64" {
  return /^[a-z]+\d+g/.test(type) ? "arm64" : "amd64";
}
