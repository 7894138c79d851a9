import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { CloudfrontFunction } from "@cdktf/provider-aws/lib/cloudfront-function";
import { CloudfrontOriginAccessControl } from "@cdktf/provider-aws/lib/cloudfront-origin-access-control";
import { CloudfrontResponseHeadersPolicy } from "@cdktf/provider-aws/lib/cloudfront-response-headers-policy";
import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Audience } from "@groundwork/constructs/aws/site/distribution/audience";
import { Distribution, type DistributionOptions } from "@groundwork/constructs/aws/site/distribution/distribution";
import { Domain, SiteCertificate } from "@groundwork/constructs/aws/site/domain";
import { Fallback } from "@groundwork/constructs/aws/site/distribution/fallback";
import { CACHING_OPTIMIZED, SECURITY_HEADERS } from "@groundwork/constructs/aws/site/distribution/managed-policies";
import { PriceClass } from "@groundwork/constructs/aws/site/distribution/price-class";
import { ResponseHeaders } from "@groundwork/constructs/aws/site/distribution/response-headers";
import { SIT001, SIT002, SIT003, SIT004, SIT005, SIT006, SIT007, SIT008 } from "@groundwork/constructs/aws/site/rules";
import { Bucket } from "@groundwork/constructs/aws/storage/bucket";
import { LogBucket } from "@groundwork/constructs/aws/storage/log-bucket";
import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { awsStack, resource, resources, synthesized } from "../../../../support/fixture";

const zone = { zoneId: "Z1", zoneName: "example.com" };
const certificate = SiteCertificate.fromArn("arn:aws:acm:us-east-1:111122223333:certificate/1");

function distributionWith(options: DistributionOptions = {}, stack = awsStack()) {
  const bucket = new Bucket(stack, "Files");
  return { stack, distribution: new Distribution(stack, "Edge", { bucket, indexDocument: "index.html", ...options }) };
}

/** The default cache behavior of the only distribution. */
function behavior(stack: TerraformStack) {
  return resource(stack, CloudfrontDistribution)["default_cache_behavior"];
}

function virginia(stack: TerraformStack, region = "us-east-1") {
  return new AwsProvider(stack, "virginia", { alias: "virginia", region });
}

describe("Distribution", () => {
  test("reads a private bucket at its regional name with origin access control", () => {
    const { stack } = distributionWith();
    expect(resource(stack, CloudfrontOriginAccessControl)).toMatchObject({
      name: "test-edge",
      origin_access_control_origin_type: "s3",
      signing_behavior: "always",
      signing_protocol: "sigv4",
    });
    const [origin] = resource(stack, CloudfrontDistribution)["origin"] as Record<string, unknown>[];
    expect(String(origin?.["domain_name"])).toMatch(/bucket_regional_domain_name}$/);
    expect(origin).not.toHaveProperty("s3_origin_config");
  });

  test("redirects to TLS, compresses, and uses the recommended cache policy", () => {
    expect(behavior(distributionWith().stack)).toMatchObject({
      viewer_protocol_policy: "redirect-to-https",
      compress: true,
      cache_policy_id: CACHING_OPTIMIZED,
      allowed_methods: ["GET", "HEAD"],
    });
  });

  test("supports HTTP/2, HTTP/3 and IPv6, and serves the index document at its root", () => {
    expect(resource(distributionWith().stack, CloudfrontDistribution)).toMatchObject({
      http_version: "http2and3",
      is_ipv6_enabled: true,
      default_root_object: "index.html",
      price_class: "PriceClass_200",
      restrictions: { geo_restriction: { restriction_type: "none", locations: [] } },
    });
  });

  test("sends security headers for HSTS, content types, frames and referrers", () => {
    const { stack } = distributionWith();
    expect(resource(stack, CloudfrontResponseHeadersPolicy)["security_headers_config"]).toEqual({
      content_type_options: { override: true },
      frame_options: { frame_option: "DENY", override: true },
      referrer_policy: { referrer_policy: "strict-origin-when-cross-origin", override: true },
      strict_transport_security: {
        access_control_max_age_sec: 31_536_000,
        include_subdomains: true,
        preload: true,
        override: true,
      },
    });
  });

  test("limits HSTS to this host with a domain, because other hosts of the domain may not support TLS", () => {
    const { stack } = distributionWith({ domain: Domain.of("shop.example.com", { zone, certificate }) });
    expect(resource(stack, CloudfrontResponseHeadersPolicy)["security_headers_config"]).toMatchObject({
      strict_transport_security: { include_subdomains: false, preload: false },
    });
  });

  test("sends the given headers, or those of the managed policy", () => {
    const headers = ResponseHeaders.secure({ contentSecurityPolicy: "default-src 'self'", frames: "SAMEORIGIN" });
    expect(
      resource(distributionWith({ headers }).stack, CloudfrontResponseHeadersPolicy)["security_headers_config"],
    ).toMatchObject({
      content_security_policy: { content_security_policy: "default-src 'self'" },
      frame_options: { frame_option: "SAMEORIGIN" },
    });
    const { stack } = distributionWith({ headers: ResponseHeaders.managed() });
    expect(resources(stack, CloudfrontResponseHeadersPolicy)).toEqual([]);
    expect(behavior(stack)).toMatchObject({ response_headers_policy_id: SECURITY_HEADERS });
  });

  test("rewrites every path of a single-page application to its index, without custom error responses", () => {
    const { stack } = distributionWith({ fallback: Fallback.toIndex() });
    expect(String(resource(stack, CloudfrontFunction)["code"])).toContain('request.uri = "/index.html"');
    expect(resource(stack, CloudfrontDistribution)["custom_error_response"]).toEqual([]);
    expect(behavior(stack)).toMatchObject({ function_association: [{ event_type: "viewer-request" }] });
  });

  test("returns the error page with status 404", () => {
    const { stack } = distributionWith({ fallback: Fallback.page("404.html") });
    expect(resource(stack, CloudfrontDistribution)["custom_error_response"]).toEqual([
      { error_code: 404, response_code: 404, response_page_path: "/404.html", error_caching_min_ttl: 10 },
    ]);
    expect(String(resource(stack, CloudfrontFunction)["code"])).toContain('+ "/index.html"');
  });

  test("depends on a log bucket that accepts access control lists", () => {
    const stack = awsStack();
    const bucket = new Bucket(stack, "Files");
    new Distribution(stack, "Edge", { bucket, indexDocument: "index.html", logs: new LogBucket(stack, "Logs") });
    const { depends_on: after, logging_config: logging } = resource(stack, CloudfrontDistribution);
    expect(after).toContainEqual(expect.stringMatching(/^aws_s3_bucket_ownership_controls\.Logs_/));
    expect(logging).toMatchObject({ include_cookies: false, prefix: "cloudfront/" });
  });

  test("supports countries, a price class, a web ACL, and applies without waiting", () => {
    const { stack } = distributionWith({
      audience: Audience.only("KR", "JP"),
      priceClass: PriceClass.northAmericaAndEurope(),
      webAclArn: "arn:aws:wafv2:us-east-1:111122223333:global/webacl/site/1",
      waitForDeployment: false,
    });
    expect(resource(stack, CloudfrontDistribution)).toMatchObject({
      restrictions: { geo_restriction: { restriction_type: "whitelist", locations: ["KR", "JP"] } },
      price_class: "PriceClass_100",
      web_acl_id: "arn:aws:wafv2:us-east-1:111122223333:global/webacl/site/1",
      wait_for_deployment: false,
    });
    expect([Audience.except("AQ").restriction, PriceClass.everywhere().value]).toEqual(["blacklist", "PriceClass_All"]);
  });

  test.each([[[]], [["kr"]], [["KOR"]], [["KR", "KR"]]])("rejects the countries %j", (countries) => {
    expect(() => Audience.only(...countries)).toViolate(SIT003);
  });

  test.each([
    "arn:aws:wafv2:ap-northeast-2:111122223333:regional/webacl/site/1",
    "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/site/1",
  ])("rejects the web ACL %s", (webAclArn) => {
    expect(() => distributionWith({ webAclArn })).toViolate(SIT004, /test\/Edge/);
  });

  test("rejects an error page that is not an object key", () => {
    expect(() => Fallback.page("/404.html")).toViolate(SIT005);
  });
});

describe("Domain", () => {
  test("sets aliases, a minimum of TLS 1.2, and the URL", () => {
    const domain = Domain.of("shop.example.com", { zone, certificate, aliases: ["www.shop.example.com"] });
    const { stack, distribution } = distributionWith({ domain });
    expect(resource(stack, CloudfrontDistribution)).toMatchObject({
      aliases: ["shop.example.com", "www.shop.example.com"],
      viewer_certificate: {
        acm_certificate_arn: "arn:aws:acm:us-east-1:111122223333:certificate/1",
        minimum_protocol_version: "TLSv1.2_2021",
        ssl_support_method: "sni-only",
      },
    });
    expect(distribution.url).toBe("https://shop.example.com");
  });

  test("creates an A and an AAAA record for every name", () => {
    const { stack } = distributionWith({
      domain: Domain.of("example.com", { zone, certificate, aliases: ["www.example.com"] }),
    });
    const records = resources(stack, Route53Record).map(({ name, type }) => `${String(name)} ${String(type)}`);
    expect(records.sort()).toEqual(["example.com A", "example.com AAAA", "www.example.com A", "www.example.com AAAA"]);
  });

  test("creates its certificate in us-east-1 and waits for the validation", () => {
    const stack = awsStack();
    const issued = SiteCertificate.issuedBy(virginia(stack));
    distributionWith(
      { domain: Domain.of("shop.example.com", { zone, certificate: issued, aliases: ["www.shop.example.com"] }) },
      stack,
    );
    expect(resource(stack, AcmCertificate)).toMatchObject({
      provider: "aws.virginia",
      domain_name: "shop.example.com",
      subject_alternative_names: ["www.shop.example.com"],
      validation_method: "DNS",
      lifecycle: { create_before_destroy: true },
    });
    const { viewer_certificate: viewer } = resource(stack, CloudfrontDistribution);
    expect(JSON.stringify(viewer)).toMatch(/aws_acm_certificate_validation\.\w+\.certificate_arn/);
  });

  test("validates a new name without changing the records of the others", () => {
    const records = (aliases: readonly string[]) => {
      const stack = awsStack();
      const issued = SiteCertificate.issuedBy(virginia(stack));
      distributionWith({ domain: Domain.of("shop.example.com", { zone, certificate: issued, aliases }) }, stack);
      return resources(stack, Route53Record).map(({ address }) => address);
    };
    expect(records(["a.example.com", "b.example.com"])).toEqual(
      expect.arrayContaining([...records(["b.example.com"])]),
    );
  });

  test("rejects a certificate of another region", () => {
    const arn = "arn:aws:acm:ap-northeast-2:111122223333:certificate/1";
    expect(() => SiteCertificate.fromArn(arn)).toViolate(SIT001, /ap-northeast-2/);
    expect(() => SiteCertificate.issuedBy(virginia(awsStack(), "eu-west-1"))).toViolate(SIT001, /eu-west-1/);
  });

  test.each(["shop.example.org", "badexample.com", "example.com.evil.org"])(
    "rejects %s in the zone example.com",
    (name) => {
      expect(() => Domain.of(name, { zone, certificate })).toViolate(SIT002);
      expect(() => Domain.of("example.com", { zone, certificate, aliases: [name] })).toViolate(SIT002);
    },
  );

  test("accepts a zone name with the final dot of Route 53", () => {
    expect(() =>
      Domain.of("shop.example.com", { zone: { ...zone, zoneName: "example.com." }, certificate }),
    ).not.toThrow();
  });

  test.each(["Shop.example.com", "shop_1.example.com", "https://shop.example.com", "shop", "-a.example.com"])(
    "rejects the name %s",
    (name) => {
      expect(() => Domain.of(name, { zone, certificate })).toViolate(SIT006);
    },
  );

  test("rejects a duplicate name and an unresolved token", () => {
    expect(() => Domain.of("example.com", { zone, certificate, aliases: ["example.com"] })).toViolate(SIT006, /twice/);
    expect(() => Domain.of("${TfToken[TOKEN.1]}", { zone, certificate })).toViolate(SIT006);
  });

  test("accepts an internationalized top-level domain", () => {
    const korean = { zoneId: "Z1", zoneName: "xn--3e0b707e" };
    expect(Domain.of("www.xn--3e0b707e", { zone: korean, certificate }).primary).toBe("www.xn--3e0b707e");
  });

  test("requires a short first name only for a certificate that is issued", () => {
    const long = `${"x".repeat(60)}.example.com`;
    const issued = SiteCertificate.issuedBy(
      new AwsProvider(awsStack(), "virginia", { region: "us-east-1", alias: "v" }),
    );
    expect(() => Domain.of(long, { zone, certificate: issued })).toViolate(SIT007);
    expect(() => Domain.of(long, { zone, certificate })).not.toThrow();
  });
});

describe("texts of CloudFront", () => {
  test("fit for any path", () => {
    const stack = awsStack();
    const scope = Array.from({ length: 10 }).reduce<Construct>(
      (parent, _, n) => new Construct(parent, `x${n}${"x".repeat(38)}`),
      stack,
    );
    new Distribution(scope, "Edge", { bucket: new Bucket(scope, "Files"), indexDocument: "index.html" });
    const length = (type: Parameters<typeof resource>[1], key: string) => String(resource(stack, type)[key]).length;
    expect(length(CloudfrontDistribution, "comment")).toBeLessThanOrEqual(128);
    expect(length(CloudfrontFunction, "comment")).toBeLessThanOrEqual(128);
    expect(length(CloudfrontOriginAccessControl, "description")).toBeLessThanOrEqual(256);
  });

  test("are escaped for Terraform", () => {
    const { stack } = distributionWith({
      fallback: Fallback.page("${x}.html"),
      headers: ResponseHeaders.secure({ contentSecurityPolicy: "default-src %{x}" }),
    });
    const text = JSON.stringify(synthesized(stack));
    expect(text).toContain("/$${x}.html");
    expect(text).toContain("default-src %%{x}");
  });

  test.each(["", "default-src 'self';\nframe-src 'none'"])("rejects the content security policy %j", (policy) => {
    expect(() => ResponseHeaders.secure({ contentSecurityPolicy: policy })).toViolate(SIT008);
  });
});
