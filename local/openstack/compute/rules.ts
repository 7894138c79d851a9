import type { PortRules } from "../network/rules";
import type { VolumeRules } from "../volume/rules";

/** Differences between the clouds in the compute API. */
export interface ComputeRules extends PortRules {
  /** Availability zones; the first is the default. */
  readonly zones: readonly [string, ...(readonly string[])];
  /** Volumes that are created with a machine. */
  readonly volumes: VolumeRules;
  /** Names that a key pair can have. */
  readonly keyPairNames: RegExp;
  /** Whether a key pair is required for every machine. */
  readonly requiresKeyPair: boolean;
  /** Whether the cloud has operations that NHN Cloud does not document: tags and descriptions of machines, confirmation of a resize. */
  readonly isStandard: boolean;
}
