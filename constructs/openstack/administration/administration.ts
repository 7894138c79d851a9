import { Construct } from "constructs";
import { Peer } from "../../core/peer";
import { Port } from "../../core/port";
import { OST021 } from "../rules";
import { SecurityGroup } from "../security/security-group";

/** Egress of a machine that only installs its own updates: package mirrors and DNS. */
const PACKAGES = [Port.HTTP, Port.HTTPS, Port.DNS_TCP, Port.DNS_UDP];

/** Settings of an {@link Administration}. */
export interface AdministrationProps {
  /** Blocks that the bastion is administered from. */
  readonly administrators: readonly Peer[];
}

/**
 * Defines the administrators' access to machines: by SSH to a bastion, and from the bastion to every administered machine.
 *
 * Creates two security groups and their rules. The bastion has egress to the SSH port of administered machines and to the sources of
 * its own updates; administered machines have unrestricted egress, and SSH ingress from the bastion only. Cost: free of charge.
 *
 * Errors: OST006, OST008, OST021.
 *
 * @example new Administration(this, "Administration", { administrators: [Peer.ipv4("203.0.113.0/24")] });
 */
export class Administration extends Construct {
  /** Group of the bastion, the one machine that administrators connect to. */
  readonly bastion: SecurityGroup;
  /** Group of machines that only the bastion administers. */
  readonly administered: SecurityGroup;

  constructor(scope: Construct, id: string, { administrators }: AdministrationProps) {
    super(scope, id);
    if (administrators.length === 0)
      throw OST021.violation({
        at: this,
        given: "administrators without a block",
        fix: "name the blocks that your administrators connect from",
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
