import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { ExternalNetwork } from "@groundwork/constructs/openstack/network/external-network";
import { Network } from "@groundwork/constructs/openstack/network/network";
import { Router } from "@groundwork/constructs/openstack/network/router";
import { SecurityGroup } from "@groundwork/constructs/openstack/network/security-group";
import { Subnet } from "@groundwork/constructs/openstack/network/subnet";
import type { App } from "cdktf";
import { TerraformOutput, TerraformStack } from "cdktf";
import { makeBackend } from "./backend";
import type { Environment } from "./environments/environment";
import { Fleet } from "./fleet";
import { makeOpenstackProvider } from "./providers/openstack";

/** The container platform's machines on an OpenStack of anybody's: one router leads to two subnets and to the internet. */
export class OpenstackStack extends TerraformStack {
  constructor(app: App, environment: Environment) {
    super(app, `${environment.name}-openstack`);
    makeBackend(this, environment);
    makeOpenstackProvider(this, environment);

    const external = new ExternalNetwork(this, "Internet");
    const { publicSubnet, privateSubnet } = this.makeNetwork(environment, external);
    const { bastion, administered } = this.makeGroups(environment);
    const { fleet: settings } = environment.openstack;
    const fleet = new Fleet(this, { settings, publicSubnet, privateSubnet, external, bastion, administered });

    new TerraformOutput(this, "address", { value: fleet.controlPlanes[0]?.floatingAddress });
  }

  private makeNetwork({ openstack: { network: tiers } }: Environment, external: ExternalNetwork) {
    const network = new Network(this, "Network", { cidr: tiers.cidr });
    const publicSubnet = new Subnet(this, "Public", { network, cidr: tiers.publicCidr, floatingIps: true });
    const privateSubnet = new Subnet(this, "Private", { network, cidr: tiers.privateCidr });
    new Router(this, "Router", { external, subnets: [publicSubnet, privateSubnet] });
    return { publicSubnet, privateSubnet };
  }

  private makeGroups({ openstack: { network } }: Environment) {
    const bastion = new SecurityGroup(this, "Bastion", {
      description: "the way of administrators to private machines",
    });
    const administered = new SecurityGroup(this, "Administered", { description: "machines behind the bastion" });
    for (const peer of network.administrators)
      bastion.connections.allowFrom(peer, Port.SSH, "SSH from the administrators");
    administered.connections.allowFrom(bastion, Port.SSH, "SSH from the bastion");
    administered.connections.allowTo(Peer.anyIpv4(), Port.ALL, "anything out");
    return { bastion, administered };
  }
}
