import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { isToken } from "../../core/token";
import { parseArn } from "../iam/arn";
import { SIT001, SIT002, SIT006 } from "./rules";

/** A public hosted zone of Route 53. */
export interface IHostedZone {
  readonly zoneId: string;
  /** Name of the zone, for example `example.com`. */
  readonly zoneName: string;
}

/**
 * Defines where a site's certificate comes from. CloudFront takes it from us-east-1, wherever the bucket is.
 *
 * @example SiteCertificate.issuedBy(virginia); SiteCertificate.fromArn("arn:aws:acm:us-east-1:111122223333:certificate/…")
 */
export class SiteCertificate {
  /** A new one, validated by DNS records in the zone, renewed by AWS. The provider is the stack's one for us-east-1. */
  static issuedBy(provider: AwsProvider): SiteCertificate {
    const { region = "" } = provider;
    if (!isToken(region) && region !== "us-east-1")
      throw SIT001.violation({
        at: provider,
        given: `a provider in ${region || "no region"}`,
        fix: "pass one in us-east-1",
      });
    return new SiteCertificate({ kind: "issued", provider });
  }

  /** One that exists; it has to cover every name of the site. */
  static fromArn(certificateArn: string): SiteCertificate {
    const arn = parseArn(certificateArn, "acm");
    if (arn !== undefined && !isToken(arn.region) && arn.region !== "us-east-1")
      throw SIT001.violation({ given: `a certificate in ${arn.region}`, fix: "request one in us-east-1" });
    return new SiteCertificate({ kind: "given", certificateArn });
  }

  private constructor(
    readonly origin:
      | { readonly kind: "issued"; readonly provider: AwsProvider }
      | { readonly kind: "given"; readonly certificateArn: string },
  ) {}
}

export interface DomainOptions {
  /** Zone that the names are written to. */
  readonly zone: IHostedZone;
  readonly certificate: SiteCertificate;
  /** Further names of the site. @default - none */
  readonly aliases?: readonly string[];
}

/**
 * Defines the names of a site.
 *
 * @example Domain.of("shop.example.com", { zone, certificate: SiteCertificate.issuedBy(virginia), aliases: ["www.shop.example.com"] })
 */
export class Domain {
  static of(name: string, options: DomainOptions): Domain {
    const { zone, certificate, aliases = [] } = options;
    const names = [name, ...aliases];
    for (const [index, one] of names.entries()) {
      checkName(one, names.indexOf(one) !== index);
      checkZone(one, zone.zoneName);
    }
    return new Domain(name, names, zone, certificate);
  }

  private constructor(
    /** The name that the site calls itself. */
    readonly primary: string,
    readonly names: readonly string[],
    readonly zone: IHostedZone,
    readonly certificate: SiteCertificate,
  ) {}
}

/** A name that only Terraform knows is refused as well: the site's records are keyed by their names. */
function checkName(name: string, again: boolean): void {
  if (again) throw SIT006.violation({ given: `the name "${name}" twice`, fix: "write it once" });
  if (name.length > 253 || !/^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(name))
    throw SIT006.violation({ given: `the name "${name}"`, fix: "write it like www.example.com" });
}

function checkZone(name: string, zoneName: string): void {
  if (isToken(zoneName)) return;
  const zone = zoneName.replace(/\.$/, "");
  if (name !== zone && !name.endsWith(`.${zone}`))
    throw SIT002.violation({
      given: `"${name}" in the zone "${zone}"`,
      fix: `use ${zone}, a name below it, or its own zone`,
    });
}
