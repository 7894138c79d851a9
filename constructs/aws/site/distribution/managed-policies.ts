/**
 * Managed policies of CloudFront, with the same ids in every account.
 *
 * Source: CloudFront developer guide, "Use managed cache policies" and "Use managed response headers policies".
 */

/** CachingOptimized: TTL of a day by default, a year at most; compressed variants; no cookies or query strings in the key. */
export const CACHING_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6";

/** SecurityHeadersPolicy: HSTS for a year, no content type sniffing, same-origin frames. */
export const SECURITY_HEADERS = "67f7725c-6f97-4210-82d7-5512b31e9d03";
