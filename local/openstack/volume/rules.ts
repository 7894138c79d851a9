/** Differences between the clouds in the API of volumes. */
export interface VolumeRules {
  /** Names of the types; the first is the default. */
  readonly types: readonly [string, ...(readonly string[])];
  /** Availability zones; the first is the default. */
  readonly zones: readonly [string, ...(readonly string[])];
  /** Whether the cloud has Cinder v3 with its quotas. NHN Cloud documents v2, and no quotas. */
  readonly isStandard: boolean;
}
