import { DataAwsLbHostedZoneId } from "@cdktf/provider-aws/lib/data-aws-lb-hosted-zone-id";
import { Construct } from "constructs";
import { checkStack } from "../../core/name-claims";
import type { IServiceDomain } from "../../kubernetes/ingress/service-domain";
import { certificateArns } from "../load-balancer/certificate-arn";
import type { Region } from "../region";
import { Certificate } from "../site/certificate";
import { checkZone, type IHostedZone } from "../site/domain";
import { checkHostNames, validatedName } from "../site/host-name";
import { addAlias } from "./hosted-zone";
import { DNS002 } from "./rules";

/** Properties of {@link ServiceDomain}. */
export interface ServiceDomainProps {
  /** Names of the services, such as `shop.example.com` or `*.example.com`; the first is the subject of the certificate. */
  readonly names: readonly [string, ...string[]];
  /** Hosted zone of the names. */
  readonly zone: IHostedZone;
  /** Region of the cluster and its load balancers. */
  readonly region: Region;
  /** ARN of an existing certificate of ACM in the region. @default - a certificate of its own, which a private zone cannot have */
  readonly certificateArn?: string;
}

/**
 * Defines the domain names of services behind an `IngressGroup`, with their certificate.
 *
 * Creates a certificate with DNS validation in the region of the cluster and, for the first member of the group, an alias record for
 * each name. The group redirects HTTP to HTTPS. Free of charge, except for queries of the zone.
 *
 * Errors: DNS002, ELB005, SIT002, SIT006, SIT007.
 *
 * @example
 * const domain = new ServiceDomain(this, "Domain", { names: ["shop.example.com"], zone, region });
 * const web = new IngressGroup(this, "Web", { name: "web", scheme: "internet-facing", domain });
 */
export class ServiceDomain extends Construct implements IServiceDomain {
  /** Names of the services. */
  readonly names: readonly string[];
  /** ARN of the certificate. */
  readonly certificateArn: string;
  /** Region of the certificate. */
  readonly region: string;
  private readonly zone: IHostedZone;

  constructor(scope: Construct, id: string, props: ServiceDomainProps) {
    super(scope, id);
    checkStack(this);
    const { names, zone, region } = props;
    checkHostNames(names, this);
    for (const name of names) checkZone(validatedName(name), zone.zoneName);
    this.names = names;
    this.zone = zone;
    this.region = region.name;
    this.certificateArn = this.certificateFor(props);
  }

  addRecords(loadBalancerHostname: string): void {
    const { id: hostedZoneId } = new DataAwsLbHostedZoneId(this, "LoadBalancers", { region: this.region });
    for (const name of this.names) addAlias(this, name, this.zone, { dnsName: loadBalancerHostname, hostedZoneId });
  }

  private certificateFor({ names, zone, region, certificateArn }: ServiceDomainProps): string {
    if (certificateArn !== undefined) {
      certificateArns([{ certificateArn }], region.name, this);
      return certificateArn;
    }
    if (zone.isPrivate === true)
      throw DNS002.violation({
        at: this,
        given: `a new certificate for ${names[0]} in the private zone ${zone.zoneName}`,
        fix: "set certificateArn: a certificate for a public domain, or of a private certificate authority",
      });
    return new Certificate(this, "Certificate", { names, zone }).certificateArn;
  }
}
