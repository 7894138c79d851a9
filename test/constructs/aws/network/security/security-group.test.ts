import { SecurityGroup as SecurityGroupResource } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { SEC001, SEC002, SEC003 } from "@groundwork/constructs/aws/network/rules";
import { AWS005 } from "@groundwork/constructs/aws/rules";
import { TXT001 } from "@groundwork/constructs/core/rules";
import { SecurityGroup } from "@groundwork/constructs/aws/network/security/security-group";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { Construct } from "constructs";
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

  test.each(["", "x".repeat(256), "it's <ok>", "Größe", 'quote"', "line\nbreak", "100 %", "a~b"])(
    "rejects the description %p of a group",
    (description) => {
      const group = () => new SecurityGroup(awsStack(), "Web", { network: { networkId: "vpc-1" }, description });
      expect(group).toViolate(TXT001, /at test\/Web: description .*use 1 to 255 characters/s);
    },
  );

  test.each([["x".repeat(255)], ["all of ._-:/()#,@[]+=&;{}!$* 09 aZ"], ["${TfToken[TOKEN.1]} servers"]])(
    "accepts the description %p, for groups and for rules",
    (description) => {
      const group = new SecurityGroup(awsStack(), "Web", { network: { networkId: "vpc-1" }, description });
      expect(() => group.connections.allowFrom(office, Port.HTTPS, description)).not.toThrow();
    },
  );

  test("escapes descriptions for Terraform, which are otherwise valid", () => {
    const stack = awsStack();
    const group = new SecurityGroup(stack, "Web", { network: { networkId: "vpc-1" }, description: "team ${x}" });
    group.connections.allowFrom(office, Port.HTTPS, "office ${y}");
    expect(resource(stack, SecurityGroupResource)["description"]).toBe("team $${x}");
    expect(resource(stack, VpcSecurityGroupIngressRule)["description"]).toBe("office $${y}");
  });

  test("keeps its first description: another one would replace the group, whose name is in use until it is deleted", () => {
    const { stack } = groups("Web");
    expect(resource(stack, SecurityGroupResource)["lifecycle"]).toEqual({
      create_before_destroy: true,
      ignore_changes: ["description"],
    });
  });

  test.each([
    "foo",
    "web",
    "sg-",
    "sg-xyz",
    "subnet-1",
    "sg-0123456789abcdef01",
    "arn:aws:ec2:x:1:security-group/sg-1",
  ])("rejects %p as the id of a group, in every place", (id) => {
    const { web } = groups("Web");
    expect(() => SecurityGroup.fromId(awsStack(), "Shared", id)).toViolate(AWS005, /sg-0123456789abcdef0/);
    expect(() => web.connections.allowFrom(Peer.group(id.replace(/:/g, "")), Port.HTTPS, "group")).toViolate(AWS005);
  });

  test("accepts a group of another account, and rejects a prefix list that is none", () => {
    const { web } = groups("Web");
    expect(() => web.connections.allowFrom(Peer.group("111122223333/sg-2"), Port.HTTPS, "peered")).not.toThrow();
    expect(() => web.connections.allowFrom(Peer.prefixList("sg-2"), Port.HTTPS, "list")).toViolate(AWS005, /pl-0123/);
  });

  test("allows the same traffic from groups whose paths result in one key", () => {
    const stack = awsStack();
    const scope = new Construct(stack, "x");
    const [one, other, web] = [
      new SecurityGroup(scope, "y", { network: { networkId: "vpc-1" }, description: "one" }),
      new SecurityGroup(stack, "z", { network: { networkId: "vpc-1" }, description: "other" }),
      new SecurityGroup(stack, "Web", { network: { networkId: "vpc-1" }, description: "web" }),
    ];
    web.connections.allowFrom(one, Port.HTTPS, "clients");
    web.connections.allowFrom(other, Port.HTTPS, "clients");
    expect(resources(stack, VpcSecurityGroupIngressRule)).toHaveLength(2);
  });
});
