import { VpcDhcpOptions } from "@cdktf/provider-aws/lib/vpc-dhcp-options";
import { VpcDhcpOptionsAssociation } from "@cdktf/provider-aws/lib/vpc-dhcp-options-association";
import { Construct } from "constructs";
import { defined } from "../../core/defined";
import { Name } from "../../core/name";

/** DHCP options of a network. */
export interface DhcpOptions {
  /**
   * Domain that completes short host names.
   * @default - the default domain of the region
   */
  readonly domainName?: string;
  /**
   * Name servers, at most four; `AmazonProvidedDNS` is the resolver of the VPC.
   * @default - the resolver of the VPC
   */
  readonly domainNameServers?: readonly string[];
  /**
   * Time servers, at most four.
   * @default - none: Amazon Linux and Ubuntu images use 169.254.169.123 in any case
   */
  readonly ntpServers?: readonly string[];
}

/** Defines the DHCP options of a network. Free of charge. Created by `Network`. */
export class DhcpOptionSet extends Construct {
  constructor(scope: Construct, id: string, networkId: string, options: DhcpOptions) {
    super(scope, id);
    const { domainName, domainNameServers = ["AmazonProvidedDNS"], ntpServers } = options;
    const resource = new VpcDhcpOptions(this, "Resource", {
      domainNameServers: [...domainNameServers],
      ...defined({ domainName, ntpServers: ntpServers && [...ntpServers] }),
      tags: { Name: Name.of(this).toString() },
    });
    new VpcDhcpOptionsAssociation(this, "Association", { vpcId: networkId, dhcpOptionsId: resource.id });
    this.node.defaultChild = resource;
  }
}
