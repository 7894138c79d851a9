import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { HostedZone } from "@groundwork/constructs/aws/dns/hosted-zone";
import { DNS001 } from "@groundwork/constructs/aws/dns/rules";
import { SIT002, SIT006 } from "@groundwork/constructs/aws/site/rules";
import { networkStack } from "../../../support/cluster";
import { awsStack, resource } from "../../../support/fixture";

const balancer = { dnsName: "web.elb.amazonaws.com", hostedZoneId: "Z2" };

describe("HostedZone", () => {
  test("is public, and keeps records that Terraform does not know", () => {
    const stack = awsStack();
    const zone = new HostedZone(stack, "Zone", { name: "shop.example.com", tags: { Team: "web" } });
    const created = resource(stack, Route53Zone);
    expect(created).toMatchObject({ name: "shop.example.com", force_destroy: false, tags: { Team: "web" } });
    expect(created).not.toHaveProperty("vpc");
    expect([zone.isPrivate, zone.zoneName]).toEqual([false, "shop.example.com"]);
  });

  test("is private to networks", () => {
    const { stack, network } = networkStack();
    const zone = new HostedZone(stack, "Zone", { name: "internal.example.com", networks: [network] });
    expect(resource(stack, Route53Zone)).toMatchObject({
      vpc: [{ vpc_id: expect.stringContaining("aws_vpc") as string }],
    });
    expect(zone.isPrivate).toBe(true);
  });

  test("has an alias record for each name", () => {
    const stack = awsStack();
    const zone = new HostedZone(stack, "Zone", { name: "shop.example.com" });
    zone.addAlias("www.shop.example.com", balancer);
    expect(resource(stack, Route53Record)).toMatchObject({
      name: "www.shop.example.com",
      type: "A",
      zone_id: expect.stringContaining("aws_route53_zone") as string,
      alias: { name: "web.elb.amazonaws.com", zone_id: "Z2", evaluate_target_health: true },
    });
  });

  test("can exist already", () => {
    expect(HostedZone.fromId({ zoneId: "Z1", zoneName: "example.com" })).toEqual({
      zoneId: "Z1",
      zoneName: "example.com",
    });
  });

  test("rejects invalid names, names of another zone, and a private zone without networks", () => {
    const stack = awsStack();
    expect(() => new HostedZone(stack, "A", { name: "Example.com" })).toViolate(SIT006);
    expect(() => new HostedZone(stack, "B", { name: "example.com", networks: [] })).toViolate(DNS001);
    const zone = new HostedZone(stack, "C", { name: "example.com" });
    expect(() => zone.addAlias("www.example.org", balancer)).toViolate(SIT002);
    expect(() => zone.addAlias("WWW.example.com", balancer)).toViolate(SIT006);
  });
});
