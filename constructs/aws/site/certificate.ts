import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import { checkStack } from "../../core/name-claims";
import { defined } from "../../core/defined";
import type { IHostedZone } from "./domain";
import { checkHostNames, checkSubject, checkZoneId, validatedName } from "./host-name";

/** Properties of {@link Certificate}. */
export interface CertificateProps {
  /** Domain names of the certificate; the first is its subject. */
  readonly names: readonly [string, ...string[]];
  /** Hosted zone for the validation records. */
  readonly zone: IHostedZone;
  /** Provider of the region in which it is used: us-east-1 for CloudFront. @default - the stack's provider */
  readonly provider?: AwsProvider;
}

/**
 * Defines a public TLS certificate with DNS validation.
 *
 * Creates the certificate, one validation record per name (keyed by the name without `*.`, because ACM validates `*.example.com`
 * and `example.com` with one record), and the validation, which waits for the records.
 * Free of charge; ACM renews the certificate as long as the records exist.
 *
 * Errors: SIT006, SIT007, SIT009.
 *
 * @example new Certificate(this, "Certificate", { names: ["shop.example.com"], zone, provider: virginia })
 */
export class Certificate extends Construct {
  /** ARN of the validated certificate: resources that use it wait for the validation. */
  readonly certificateArn: string;

  constructor(scope: Construct, id: string, props: CertificateProps) {
    super(scope, id);
    checkStack(this);
    const [domainName, ...subjectAlternativeNames] = props.names;
    checkHostNames(props.names, this);
    checkZoneId(props.zone.zoneId, this);
    checkSubject(domainName, this);
    const provider = defined({ provider: props.provider });
    const certificate = new AcmCertificate(this, "Resource", {
      ...provider,
      domainName,
      ...defined({
        subjectAlternativeNames: subjectAlternativeNames.length === 0 ? undefined : subjectAlternativeNames,
      }),
      validationMethod: "DNS",
      // A change of names replaces the certificate; the old one is in use until the distribution has the new one.
      lifecycle: { createBeforeDestroy: true },
    });
    this.node.defaultChild = certificate;
    const validation = new AcmCertificateValidation(this, "Validation", {
      ...provider,
      certificateArn: certificate.arn,
      validationRecordFqdns: this.validationRecords(certificate, props),
    });
    this.certificateArn = validation.certificateArn;
  }

  /**
   * Creates one record per validated name and returns their FQDNs. Keyed by the given names, because Terraform must know the number
   * of records before the certificate exists. `allowOverwrite`, because other certificates of the account may have the same record.
   */
  private validationRecords(certificate: AcmCertificate, { names, zone }: CertificateProps): string[] {
    const options = `aws_acm_certificate.${certificate.friendlyUniqueId}.domain_validation_options`;
    return names
      .filter((name, index) => names.findIndex((other) => validatedName(other) === validatedName(name)) === index)
      .map((name) => {
        const recordPart = (part: string) =>
          `\${one([for option in ${options} : option.resource_record_${part} if option.domain_name == "${name}"])}`;
        const record = new Route53Record(this, `Proof ${validatedName(name)}`, {
          zoneId: zone.zoneId,
          name: recordPart("name"),
          type: recordPart("type"),
          records: [recordPart("value")],
          ttl: 60,
          allowOverwrite: true,
        });
        return record.fqdn;
      });
  }
}
