import type { IConnectable } from "../security/connections";
import type { IPort } from "../network/port";
import type { ISecurityGroup } from "../security/security-group";

/** A machine on any OpenStack cloud. */
export interface IMachine extends IConnectable {
  /** Host name. */
  readonly name: string;
  /** Id of the machine. */
  readonly instanceId: string;
  /** Address of its first interface, which other machines use. */
  readonly fixedAddress: string;
  /** First floating address of its interfaces; `undefined` when it has none. */
  readonly floatingAddress: string | undefined;
  /** Name of its flavor. */
  readonly flavor: string;
  /** Name of its image. */
  readonly image: string;
  /** Requested availability zone. */
  readonly zone: string | undefined;
  /** Security groups of its first interface. */
  readonly securityGroups: readonly ISecurityGroup[];
  /** Its interfaces, in the order of the guest. */
  readonly ports: readonly IPort[];
}
