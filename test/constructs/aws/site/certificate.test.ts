import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Certificate } from "@groundwork/constructs/aws/site/certificate";
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
});
