import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import type { IHostedZone } from "./domain";

export interface CertificateProps {
  /** Names that it covers; the first is its subject. */
  readonly names: readonly [string, ...string[]];
  /** Zone that proves the names. */
  readonly zone: IHostedZone;
  /** Provider of the region that uses it: us-east-1 for CloudFront. @default - the stack's own */
  readonly provider?: AwsProvider;
}

/**
 * Defines a public TLS certificate, proven by DNS.
 *
 * Creates the certificate, one record for each name (keyed by the name), and a wait until AWS has seen them. Costs nothing,
 * and renews itself as long as the records stand.
 *
 * @example new Certificate(this, "Certificate", { names: ["shop.example.com"], zone, provider: virginia })
 */
export class Certificate extends Construct {
  /** ARN of the certificate once it is valid: whoever uses it waits. */
  readonly certificateArn: string;

  constructor(scope: Construct, id: string, props: CertificateProps) {
    super(scope, id);
    const [domainName, ...subjectAlternativeNames] = props.names;
    const provider = props.provider === undefined ? {} : { provider: props.provider };
    const certificate = new AcmCertificate(this, "Resource", {
      ...provider,
      domainName,
      ...(subjectAlternativeNames.length === 0 ? {} : { subjectAlternativeNames }),
      validationMethod: "DNS",
      // A change of names makes a new certificate; the old one is in use until the distribution has the new one.
      lifecycle: { createBeforeDestroy: true },
    });
    this.node.defaultChild = certificate;
    const validation = new AcmCertificateValidation(this, "Validation", {
      ...provider,
      certificateArn: certificate.arn,
      validationRecordFqdns: this.proofs(certificate, props),
    });
    this.certificateArn = validation.certificateArn;
  }

  /**
   * One record for each name, and their full names. Keyed by names that are written down, because Terraform wants to know
   * how many there are before the certificate exists. `example.com` and `*.example.com` share one, hence the overwrite.
   */
  private proofs(certificate: AcmCertificate, { names, zone }: CertificateProps): string[] {
    const options = `aws_acm_certificate.${certificate.friendlyUniqueId}.domain_validation_options`;
    return names.map((name) => {
      const proof = (part: string) =>
        `\${one([for option in ${options} : option.resource_record_${part} if option.domain_name == "${name}"])}`;
      const record = new Route53Record(this, `Proof ${name}`, {
        zoneId: zone.zoneId,
        name: proof("name"),
        type: proof("type"),
        records: [proof("value")],
        ttl: 60,
        allowOverwrite: true,
      });
      return record.fqdn;
    });
  }
}
