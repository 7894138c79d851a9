import { SecurityGroup as SecurityGroupResource } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { SEC001, SEC002, SEC003 } from "@groundwork/constructs/aws/network/rules";
import { SecurityGroup } from "@groundwork/constructs/aws/network/security/security-group";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { awsStack, resource, resources } from "../../../../support/fixture";

function groups(...ids: string[]) {
  const stack = awsStack();
  const created = ids.map(
    (id) => new SecurityGroup(stack, id, { network: { networkId: "vpc-1" }, description: `${id} servers` }),
  );
  const [web, database] = created;
  if (web === undefined) throw new Error("specify a group");
  return { stack, web, database: database ?? web };
}

const office = Peer.ipv4("203.0.113.0/24");

describe("SecurityGroup", () => {
  test("has no rules in either direction by default", () => {
    const { stack } = groups("Web");
    expect(resource(stack, SecurityGroupResource)).toMatchObject({ name: "test-web", description: "Web servers" });
    expect([...resources(stack, VpcSecurityGroupIngressRule), ...resources(stack, VpcSecurityGroupEgressRule)]).toEqual(
      [],
    );
  });

  test("creates a separate resource with a description for every rule", () => {
    const { stack, web } = groups("Web");
    web.connections.allowFrom(Peer.anyIpv4(), Port.HTTPS, "HTTPS from everywhere");
    web.connections.allowTo(Peer.anyIpv6(), Port.ALL, "anything out");
    expect(resource(stack, VpcSecurityGroupIngressRule)).toMatchObject({
      cidr_ipv4: "0.0.0.0/0",
      ip_protocol: "tcp",
      from_port: 443,
      to_port: 443,
      description: "HTTPS from everywhere",
    });
    expect(resource(stack, VpcSecurityGroupEgressRule)).toMatchObject({ cidr_ipv6: "::/0", ip_protocol: "-1" });
  });

  test("adds a rule to both groups", () => {
    const { stack, web, database } = groups("Web", "Database");
    database.connections.allowFrom(web, Port.tcp(5432), "PostgreSQL from the web servers");
    const [ingress, egress] = [
      resource(stack, VpcSecurityGroupIngressRule),
      resource(stack, VpcSecurityGroupEgressRule),
    ];
    expect([ingress["from_port"], egress["from_port"]]).toEqual([5432, 5432]);
    expect(egress["security_group_id"]).toBe(ingress["referenced_security_group_id"]);
    expect(egress["referenced_security_group_id"]).toBe(ingress["security_group_id"]);
    expect(ingress["security_group_id"]).not.toBe(egress["security_group_id"]);
  });

  test("allows traffic among its members", () => {
    const { stack, web } = groups("Web");
    web.connections.allowWithin(Port.ALL, "members among themselves");
    expect(resource(stack, VpcSecurityGroupIngressRule)["referenced_security_group_id"]).toBe(
      resource(stack, VpcSecurityGroupEgressRule)["security_group_id"],
    );
  });

  test("keeps the address of a rule when other rules are added", () => {
    const { stack, web } = groups("Web");
    web.connections.allowFrom(office, Port.HTTPS, "office");
    const before = resource(stack, VpcSecurityGroupIngressRule).address;
    web.connections.allowFrom(Peer.ipv4("198.51.100.0/24"), Port.HTTPS, "partner");
    expect(resources(stack, VpcSecurityGroupIngressRule).map((rule) => rule.address)).toContain(before);
  });

  test("adds rules to an existing group, by prefix list and by group id", () => {
    const stack = awsStack();
    const group = SecurityGroup.fromId(stack, "Shared", "sg-1");
    group.connections.allowFrom(Peer.prefixList("pl-1"), Port.HTTPS, "CloudFront");
    group.connections.allowFrom(Peer.group("sg-2"), Port.HTTPS, "another team");
    expect(
      resources(stack, VpcSecurityGroupIngressRule).map(
        (rule) => rule["prefix_list_id"] ?? rule["referenced_security_group_id"],
      ),
    ).toEqual(["pl-1", "sg-2"]);
  });

  test.each([Port.SSH, Port.tcpRange(3000, 4000), Port.ALL])(
    "rejects an administration port open to the internet (%s)",
    (port) => {
      const { web } = groups("Web");
      expect(() => web.connections.allowFrom(Peer.anyIpv4(), port, "admin")).toViolate(SEC001, /at test\/Web/);
      expect(() => web.connections.allowFrom(Peer.anyIpv6(), port, "admin")).toViolate(SEC001);
    },
  );

  test("accepts an administration port for a specific block", () => {
    const { web } = groups("Web");
    expect(() => web.connections.allowFrom(office, Port.SSH, "administrators")).not.toThrow();
  });

  test.each(["", "x".repeat(256), 'quote"', "한국어"])("rejects the description %p", (description) => {
    const { web } = groups("Web");
    expect(() => web.connections.allowFrom(office, Port.SSH, description)).toViolate(SEC002);
  });

  test("rejects a duplicate rule", () => {
    const { web } = groups("Web");
    web.connections.allowFrom(office, Port.SSH, "administrators");
    expect(() => web.connections.allowFrom(office, Port.SSH, "again")).toViolate(SEC003, /"again" repeats/);
  });
});
