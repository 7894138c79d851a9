import { VpcDhcpOptions } from "@cdktf/provider-aws/lib/vpc-dhcp-options";
import { VpcDhcpOptionsAssociation } from "@cdktf/provider-aws/lib/vpc-dhcp-options-association";
import { Construct } from "constructs";
import { Name } from "../../core/name";

/** What the machines of a network are told when they start. */
export interface DhcpOptions {
  /**
   * Domain that short host names are completed with.
   * @default - the region's own
   */
  readonly domainName?: string;
  /**
   * Name servers, at most four; `AmazonProvidedDNS` is the VPC's own.
   * @default - the VPC's own
   */
  readonly domainNameServers?: readonly string[];
  /**
   * Time servers, at most four.
   * @default - none: Amazon Linux and Ubuntu images ask 169.254.169.123 anyway
   */
  readonly ntpServers?: readonly string[];
}

/** Gives a network its DHCP options. Free of charge. Made by `Network`. */
export class DhcpOptionSet extends Construct {
  constructor(scope: Construct, id: string, networkId: string, options: DhcpOptions) {
    super(scope, id);
    const { domainName, domainNameServers = ["AmazonProvidedDNS"], ntpServers } = options;
    const resource = new VpcDhcpOptions(this, "Resource", {
      domainNameServers: [...domainNameServers],
      ...(domainName === undefined ? {} : { domainName }),
      ...(ntpServers === undefined ? {} : { ntpServers: [...ntpServers] }),
      tags: { Name: Name.of(this).toString() },
    });
    new VpcDhcpOptionsAssociation(this, "Association", { vpcId: networkId, dhcpOptionsId: resource.id });
    this.node.defaultChild = resource;
  }
}
