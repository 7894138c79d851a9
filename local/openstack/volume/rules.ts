/** The volume types of a cloud. */
export interface VolumeTypes {
  /** Names of the types; the first is the default. */
  readonly known: readonly [string, ...(readonly string[])];
}
