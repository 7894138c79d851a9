// Limits of EBS volumes, one constant per volume type. All checks use these constants.

/** Limits of gp3 volumes. Source: "General Purpose SSD volumes" in the Amazon EBS user guide. */
export const GP3 = {
  gibibytes: [1, 65_536],
  iops: [3_000, 80_000],
  iopsPerGibibyte: 500,
  /** MiB per second. AWS provider 5.100.0 accepts at most 1000. */
  throughput: [125, 1_000],
  throughputPerIops: 0.25,
} as const;

/** Limits of io2 Block Express volumes. Source: "Provisioned IOPS SSD volumes" in the Amazon EBS user guide. */
export const IO2 = {
  gibibytes: [4, 65_536],
  iops: [100, 256_000],
  iopsPerGibibyte: 1_000,
} as const;

/** Smallest volume of a node: the images of EKS need it. Source: the EKS user guide, node groups. */
export const NODE_GIBIBYTES = 20;

/** Whether a value is a whole number between two bounds. */
export function isWithin(value: number, [min, max]: readonly [number, number]): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
