import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { isToken } from "../../core/token";
import { parseArn } from "../iam/arn";
import { checkHostNames, checkSubject, checkZoneId } from "./host-name";
import { SIT001, SIT002 } from "./rules";

/** A hosted zone of Route 53. */
export interface IHostedZone {
  /** Id of the hosted zone. */
  readonly zoneId: string;
  /** Name of the zone, for example `example.com`. */
  readonly zoneName: string;
  /** Whether only networks of your own resolve the zone. @default false */
  readonly isPrivate?: boolean;
}

/**
 * Defines the certificate of a site. CloudFront requires a certificate in us-east-1, independent of the bucket's region.
 *
 * @example SiteCertificate.issuedBy(virginia); SiteCertificate.fromArn("arn:aws:acm:us-east-1:111122223333:certificate/…")
 */
export class SiteCertificate {
  /** A new certificate with DNS validation in the zone, renewed by ACM. The provider is the stack's provider for us-east-1. */
  static issuedBy(provider: AwsProvider): SiteCertificate {
    const { region = "" } = provider;
    if (!isToken(region) && region !== "us-east-1")
      throw SIT001.violation({
        at: provider,
        given: `a provider in ${region || "no region"}`,
        fix: "pass a provider for us-east-1",
      });
    return new SiteCertificate({ kind: "issued", provider });
  }

  /** An existing certificate, which must include every name of the site. */
  static fromArn(certificateArn: string): SiteCertificate {
    const arn = parseArn(certificateArn, "acm");
    if (arn !== undefined && !isToken(arn.region) && arn.region !== "us-east-1")
      throw SIT001.violation({ given: `a certificate in ${arn.region}`, fix: "use a certificate in us-east-1" });
    return new SiteCertificate({ kind: "given", certificateArn });
  }

  private constructor(
    /** Where the certificate comes from. */
    readonly origin:
      | { readonly kind: "issued"; readonly provider: AwsProvider }
      | { readonly kind: "given"; readonly certificateArn: string },
  ) {}
}

/** Settings of a site's domain. */
export interface DomainOptions {
  /** Hosted zone for the alias records. */
  readonly zone: IHostedZone;
  /** Certificate of the site. */
  readonly certificate: SiteCertificate;
  /** Further names of the site. @default - none */
  readonly aliases?: readonly string[];
}

/**
 * Defines the domain names of a site.
 *
 * @example Domain.of("shop.example.com", { zone, certificate: SiteCertificate.issuedBy(virginia), aliases: ["www.shop.example.com"] })
 */
export class Domain {
  /** A host name of the site, with its hosted zone and further names. */
  static of(name: string, options: DomainOptions): Domain {
    const { zone, certificate, aliases = [] } = options;
    const names = [name, ...aliases];
    checkHostNames(names);
    checkZoneId(zone.zoneId);
    if (certificate.origin.kind === "issued") checkSubject(name);
    for (const domainName of names) checkZone(domainName, zone.zoneName);
    return new Domain(name, names, zone, certificate);
  }

  private constructor(
    /** Name in the URL of the site. */
    readonly primary: string,

    /** Host names of the site. */
    readonly names: readonly string[],

    /** Hosted zone of the names. */
    readonly zone: IHostedZone,

    /** Certificate of the names. */
    readonly certificate: SiteCertificate,
  ) {}
}

/** Rejects a name that the zone does not serve. */
export function checkZone(name: string, zoneName: string): void {
  if (isToken(zoneName)) return;
  const zone = zoneName.replace(/\.$/, "");
  if (name !== zone && !name.endsWith(`.${zone}`))
    throw SIT002.violation({
      given: `"${name}" in the zone "${zone}"`,
      fix: `use ${zone}, a name below it, or another zone`,
    });
}
