import type { IConnectable } from "../network/connections";
import type { IPort } from "../network/port";
import type { ISecurityGroup } from "../network/security-group";

/** A machine on any cloud of the family, as whoever installs something on it sees it. */
export interface IMachine extends IConnectable {
  /** Host name. */
  readonly name: string;
  readonly instanceId: string;
  /** Address of its first interface, by which other machines know it. */
  readonly fixedAddress: string;
  /** First address of the internet among its interfaces; nothing when it has none. */
  readonly floatingAddress: string | undefined;
  /** Name of its flavor. */
  readonly flavor: string;
  /** Name of the image it was made from. */
  readonly image: string;
  /** Zone it was asked for. */
  readonly zone: string | undefined;
  /** Groups of its first interface. */
  readonly securityGroups: readonly ISecurityGroup[];
  /** Its interfaces, in the order in which it sees them. */
  readonly ports: readonly IPort[];
}
