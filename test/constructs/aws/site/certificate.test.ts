import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Certificate } from "@groundwork/constructs/aws/site/certificate";
import { SIT006, SIT007 } from "@groundwork/constructs/aws/site/rules";
import { awsStack, resource, resources } from "../../../support/fixture";

const zone = { zoneId: "Z1", zoneName: "example.com" };

function certificateFor(...names: [string, ...string[]]) {
  const stack = awsStack();
  new Certificate(stack, "Certificate", { names, zone });
  return stack;
}

describe("Certificate", () => {
  test("is created before its predecessor is destroyed, because a distribution still uses that", () => {
    expect(resource(certificateFor("example.com"), AcmCertificate)).toMatchObject({
      domain_name: "example.com",
      validation_method: "DNS",
      lifecycle: { create_before_destroy: true },
    });
  });

  test("creates the validation record of each name", () => {
    const stack = certificateFor("example.com", "www.example.com");
    const { address } = resource(stack, AcmCertificate);
    const records = resources(stack, Route53Record);
    expect(records).toHaveLength(2);
    expect(records.map((record) => record["name"])).toContain(
      `\${one([for option in ${address}.domain_validation_options : option.resource_record_name if option.domain_name == "www.example.com"])}`,
    );
    expect(records.every((record) => record["allow_overwrite"] === true && record["zone_id"] === "Z1")).toBe(true);
  });

  test("is validated with the records of all names", () => {
    const stack = certificateFor("example.com", "www.example.com");
    const fqdns = resources(stack, Route53Record).map(({ address }) => `\${${address}.fqdn}`);
    const validated = resource(stack, AcmCertificateValidation)["validation_record_fqdns"] as string[];
    expect([...validated].sort()).toEqual([...fqdns].sort());
  });

  test("keeps existing validation records when a name is added before them", () => {
    const addresses = (...names: [string, ...string[]]) =>
      resources(certificateFor(...names), Route53Record).map(({ address }) => address);
    expect(addresses("a.example.com", "example.com")).toEqual(expect.arrayContaining(addresses("example.com")));
  });

  test.each([
    [["a.example.com", "*.a.example.com"], ["a.example.com"]],
    [["*.a.example.com", "a.example.com"], ["*.a.example.com"]],
    [["*.a.example.com"], ["*.a.example.com"]],
    [
      ["example.com", "*.example.com", "*.b.example.com"],
      ["example.com", "*.b.example.com"],
    ],
  ] as const)("creates one record per name without *.: %j", (names, recorded) => {
    const [first, ...others] = names;
    const stack = certificateFor(first, ...others);
    const records = resources(stack, Route53Record);
    const validated = records.map(({ name }) => /domain_name == "([^"]*)"/.exec(String(name))?.[1]);
    expect([...validated].sort()).toEqual([...recorded].sort());
    expect(resource(stack, AcmCertificateValidation)["validation_record_fqdns"]).toHaveLength(recorded.length);
  });

  test("keeps the record of a name when its wildcard is added, removed or moved to the front", () => {
    const addresses = (...names: [string, ...string[]]) =>
      resources(certificateFor(...names), Route53Record).map(({ address }) => address);
    const [alone] = addresses("a.example.com");
    for (const names of [
      ["a.example.com", "*.a.example.com"],
      ["*.a.example.com", "a.example.com"],
      ["*.a.example.com"],
    ] as [string, ...string[]][])
      expect(addresses(...names)).toEqual([alone]);
  });

  test("rejects a first name that is too long for a common name; further names may be longer", () => {
    const long = `${"x".repeat(60)}.example.com`;
    expect(() => certificateFor(long)).toViolate(SIT007, /72 characters/);
    expect(() => certificateFor("example.com", long)).not.toThrow();
  });

  test.each(["www.xn--3e0b707e", "xn--bcher-kva.example", "1.example.com", "a.museum"])(
    "accepts the name %s",
    (name) => {
      expect(resource(certificateFor(name), AcmCertificate)["domain_name"]).toBe(name);
    },
  );

  test.each(["", "example", "a..example.com", "example.com.", "a.*.example.com", "www.xn--", "a.b-", "a.1a"])(
    "rejects the name %j",
    (name) => {
      expect(() => certificateFor(name)).toViolate(SIT006);
    },
  );

  test("rejects a name twice", () => {
    expect(() => certificateFor("example.com", "example.com")).toViolate(SIT006, /twice/);
  });
});
