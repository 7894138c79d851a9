/**
 * Policies that CloudFront offers to every account, by their constant ids.
 *
 * Source: CloudFront developer guide, "Use managed cache policies" and "Use managed response headers policies".
 */

/** CachingOptimized: a day by default, a year at most, compressed variants apart, no cookies, no query strings. */
export const CACHING_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6";

/** SecurityHeadersPolicy: strict transport for a year, no sniffing, same-origin frames. */
export const SECURITY_HEADERS = "67f7725c-6f97-4210-82d7-5512b31e9d03";
