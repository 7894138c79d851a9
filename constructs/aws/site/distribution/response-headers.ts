import { CloudfrontResponseHeadersPolicy } from "@cdktf/provider-aws/lib/cloudfront-response-headers-policy";
import { Construct } from "constructs";
import { Name } from "../../../core/name";
import { SECURITY_HEADERS } from "./managed-policies";

/** What browsers are told to keep to TLS: this host, all below it, or all below it from a list built into browsers. */
export type StrictTransport = "host" | "subdomains" | "preload";

export interface SecureHeadersOptions {
  /** Where scripts, styles, frames and the rest may come from. @default - not said, because it depends on the site */
  readonly contentSecurityPolicy?: string;
  /** Who may show the site in a frame. @default - nobody */
  readonly frames?: "DENY" | "SAMEORIGIN";
  /** @default - this host when the site has a domain, everything below CloudFront's own name otherwise */
  readonly strictTransport?: StrictTransport;
}

/**
 * Defines the headers that every answer of a site carries.
 *
 * @example ResponseHeaders.secure({ contentSecurityPolicy: "default-src 'self'" })
 */
export class ResponseHeaders {
  /** Headers of the site's own policy: strict transport for a year, no sniffing, no frames, no referrer across origins. */
  static secure(options: SecureHeadersOptions = {}): ResponseHeaders {
    return new ResponseHeaders(
      (scope, strict) => new ResponseHeadersPolicy(scope, "Headers", { strictTransport: strict, ...options }).policyId,
    );
  }

  /** CloudFront's managed security headers, which are a little milder and shared by everybody. */
  static managed(): ResponseHeaders {
    return new ResponseHeaders(() => SECURITY_HEADERS);
  }

  private constructor(
    /** Id of the policy, made in a scope where it has to be made. */
    readonly policyIdIn: (scope: Construct, strictTransport: StrictTransport) => string,
  ) {}
}

/** A response headers policy of the site's own. Made by `ResponseHeaders.secure`. */
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
        ...(contentSecurityPolicy === undefined ? {} : { contentSecurityPolicy: { contentSecurityPolicy, override } }),
      },
      customHeadersConfig: {
        items: [{ header: "permissions-policy", value: "camera=(), geolocation=(), microphone=()", override }],
      },
      // What S3 tells about itself is nobody's business.
      removeHeadersConfig: { items: [{ header: "server" }, { header: "x-amz-version-id" }] },
    });
    this.node.defaultChild = policy;
    this.policyId = policy.id;
  }
}
