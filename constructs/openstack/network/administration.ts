import { Construct } from "constructs";
import { Peer } from "../../core/peer";
import { Port } from "../../core/port";
import { OST021 } from "../rules";
import { SecurityGroup } from "./security-group";

/** What a machine that nobody works on opens by itself: sources of packages, by their names. */
const PACKAGES = [Port.HTTP, Port.HTTPS, Port.DNS_TCP, Port.DNS_UDP];

export interface AdministrationProps {
  /** Blocks that the bastion is administered from. */
  readonly administrators: readonly Peer[];
}

/**
 * Defines the way of administrators to machines: by SSH to a bastion, and from there to everything that is administered.
 *
 * Creates two security groups and their rules. The bastion opens SSH to what is administered and what its own updates need;
 * administered machines open what they like and are opened by the bastion alone. Free of charge.
 *
 * Errors: OST006, OST008, OST021.
 *
 * @example new Administration(this, "Administration", { administrators: [Peer.ipv4("203.0.113.0/24")] });
 */
export class Administration extends Construct {
  /** For the one machine that administrators come to. */
  readonly bastion: SecurityGroup;
  /** For machines that are administered through the bastion and from nowhere else. */
  readonly administered: SecurityGroup;

  constructor(scope: Construct, id: string, { administrators }: AdministrationProps) {
    super(scope, id);
    if (administrators.length === 0)
      throw OST021.violation({
        at: this,
        given: "administrators of no block",
        fix: "name the blocks your administrators come from",
      });
    this.bastion = new SecurityGroup(this, "Bastion", { description: "the way of administrators to private machines" });
    this.administered = new SecurityGroup(this, "Administered", {
      description: "machines behind the bastion",
      allowAllOutbound: true,
    });

    for (const peer of administrators)
      this.bastion.connections.allowFrom(peer, Port.SSH, "SSH from the administrators");
    this.administered.connections.allowFrom(this.bastion, Port.SSH, "SSH from the bastion");
    for (const port of PACKAGES)
      this.bastion.connections.allowTo(Peer.anyIpv4(), port, "package mirrors and their names");
  }
}
