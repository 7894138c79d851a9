/** Kinds of disks, and which is taken when none is named. */
export interface VolumeTypes {
  readonly known: readonly [string, ...(readonly string[])];
}
