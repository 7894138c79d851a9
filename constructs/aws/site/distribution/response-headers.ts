import { CloudfrontResponseHeadersPolicy } from "@cdktf/provider-aws/lib/cloudfront-response-headers-policy";
import { Construct } from "constructs";
import { defined } from "../../../core/defined";
import { Name } from "../../../core/name";
import { escapeTerraform } from "../../../core/token";
import { SIT008 } from "../rules";
import { SECURITY_HEADERS } from "./managed-policies";

/** Scope of HSTS: this host, its subdomains, or its subdomains with eligibility for the preload lists of browsers. */
export type StrictTransport = "host" | "subdomains" | "preload";

/** Settings of the security headers. */
export interface SecureHeadersOptions {
  /** Content-Security-Policy header. @default - none, because it depends on the site */
  readonly contentSecurityPolicy?: string;
  /** X-Frame-Options header. @default "DENY" */
  readonly frames?: "DENY" | "SAMEORIGIN";
  /** Scope of the Strict-Transport-Security header. @default - "host" with a domain, "preload" with the CloudFront name */
  readonly strictTransport?: StrictTransport;
}

/**
 * Defines the headers of every response of a site.
 *
 * @example ResponseHeaders.secure({ contentSecurityPolicy: "default-src 'self'" })
 */
export class ResponseHeaders {
  /** A policy created for the site: HSTS for a year, no content type sniffing, no frames, only the origin as cross-origin referrer. */
  static secure(options: SecureHeadersOptions = {}): ResponseHeaders {
    const { contentSecurityPolicy: policy } = options;
    if (policy !== undefined && !/^[^\p{Cc}]+$/u.test(policy))
      throw SIT008.violation({
        given: `contentSecurityPolicy ${JSON.stringify(policy)}`,
        fix: "omit it, or write the policy in one line",
      });
    return new ResponseHeaders(
      (scope, strict) => new ResponseHeadersPolicy(scope, "Headers", { strictTransport: strict, ...options }).policyId,
    );
  }

  /** The managed security headers policy of CloudFront, which is less strict. */
  static managed(): ResponseHeaders {
    return new ResponseHeaders(() => SECURITY_HEADERS);
  }

  private constructor(
    /** Returns the id of the policy, created in the scope if required. */
    readonly policyIdIn: (scope: Construct, strictTransport: StrictTransport) => string,
  ) {}
}

/** A response headers policy of a site. Created by `ResponseHeaders.secure`. */
class ResponseHeadersPolicy extends Construct {
  readonly policyId: string;

  constructor(
    scope: Construct,
    id: string,
    options: SecureHeadersOptions & { readonly strictTransport: StrictTransport },
  ) {
    super(scope, id);
    const { contentSecurityPolicy, frames = "DENY", strictTransport } = options;
    const override = true;
    const policy = new CloudfrontResponseHeadersPolicy(this, "Resource", {
      name: Name.of(this).fit({ service: "response headers policy", maxLength: 128, pattern: /^[\w-]+$/ }),
      securityHeadersConfig: {
        contentTypeOptions: { override },
        frameOptions: { frameOption: frames, override },
        referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override },
        strictTransportSecurity: {
          accessControlMaxAgeSec: 31_536_000,
          includeSubdomains: strictTransport !== "host",
          preload: strictTransport === "preload",
          override,
        },
        ...defined({
          contentSecurityPolicy:
            contentSecurityPolicy === undefined
              ? undefined
              : { contentSecurityPolicy: escapeTerraform(contentSecurityPolicy), override },
        }),
      },
      customHeadersConfig: {
        items: [{ header: "permissions-policy", value: "camera=(), geolocation=(), microphone=()", override }],
      },
      // Headers of S3 that disclose implementation details.
      removeHeadersConfig: { items: [{ header: "server" }, { header: "x-amz-version-id" }] },
    });
    this.node.defaultChild = policy;
    this.policyId = policy.id;
  }
}
