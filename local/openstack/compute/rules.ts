import type { PortRules } from "../network/rules";
import type { VolumeTypes } from "../volume/rules";

/** What differs from cloud to cloud. */
export interface ComputeRules extends PortRules {
  readonly zones: readonly [string, ...(readonly string[])];
  readonly volumeTypes: VolumeTypes;
  /** What every machine must name, and elsewhere need not. */
  readonly requiresKeyPair: boolean;
  /** What NHN Cloud does not document: tags and a description of machines, and an end to a change of size. */
  readonly isStandard: boolean;
}
