import { dhcpOptionTags } from "@groundwork/local/aws/gateway/rules/dhcp-option-tags";
import { instanceMonitoring } from "@groundwork/local/aws/gateway/rules/instance-monitoring";
import { launchTemplateTags } from "@groundwork/local/aws/gateway/rules/launch-template-tags";
import { networkAclIcmp } from "@groundwork/local/aws/gateway/rules/network-acl-icmp";
import { securityGroupRuleDescription } from "@groundwork/local/aws/gateway/rules/security-group-rule-description";
import { subnetIpv6 } from "@groundwork/local/aws/gateway/rules/subnet-ipv6";
import { volumeThroughput } from "@groundwork/local/aws/gateway/rules/volume-throughput";
import { emulator, queryCall, textOf } from "../support";

describe("rules for EC2", () => {
  test("tag a new DHCP option set after its creation", async () => {
    const { forward, calls } = emulator("<dhcpOptionsId>dopt-1</dhcpOptionsId>");
    const form = {
      Action: "CreateDhcpOptions",
      "TagSpecification.1.Tag.1.Key": "Stack",
      "TagSpecification.1.Tag.1.Value": "local-eks",
    };
    await dhcpOptionTags.handle(queryCall("ec2", form), forward);
    expect(Object.fromEntries(calls[1]?.form ?? [])).toMatchObject({
      Action: "CreateTags",
      "ResourceId.1": "dopt-1",
      "Tag.1.Key": "Stack",
    });
  });

  test("remove a launch template's own tags from those for instances", async () => {
    const item = (type: string) =>
      `<item><resourceType>${type}</resourceType><tagSet><item><key>a</key></item></tagSet></item>`;
    const { forward } = emulator(
      `<tagSpecificationSet>${item("launch-template")}${item("instance")}</tagSpecificationSet>`,
    );
    const response = await launchTemplateTags.handle(
      queryCall("ec2", { Action: "DescribeLaunchTemplateVersions" }),
      forward,
    );
    expect(textOf(response)).toBe(`<tagSpecificationSet>${item("instance")}</tagSpecificationSet>`);
  });

  test("return the ICMP type and code of an entry, and of no other entry", async () => {
    const rule = networkAclIcmp();
    const create = {
      Action: "CreateNetworkAclEntry",
      NetworkAclId: "acl-1",
      Egress: "true",
      RuleNumber: "220",
      Protocol: "1",
    };
    await rule.handle(queryCall("ec2", { ...create, "Icmp.Type": "-1", "Icmp.Code": "-1" }), emulator("").forward);
    const entry = (egress: boolean) =>
      `<item><egress>${egress}</egress><protocol>1</protocol><ruleNumber>220</ruleNumber></item>`;
    const acl = `<entrySet>${entry(true)}${entry(false)}</entrySet><default>false</default><networkAclId>acl-1</networkAclId>`;
    const shown = textOf(await rule.handle(queryCall("ec2", { Action: "DescribeNetworkAcls" }), emulator(acl).forward));
    expect(shown).toContain(
      "<ruleNumber>220</ruleNumber><icmpTypeCode><code>-1</code><type>-1</type></icmpTypeCode></item>",
    );
    expect(shown.match(/icmpTypeCode>/g)).toHaveLength(2);
  });

  test("keep the description of a rule that references a group", async () => {
    const rule = securityGroupRuleDescription();
    const created = emulator("<securityGroupRuleId>sgr-1</securityGroupRuleId>");
    const form = { Action: "AuthorizeSecurityGroupIngress", "IpPermissions.1.Groups.1.Description": "web & api" };
    await rule.handle(queryCall("ec2", form), created.forward);
    const rules = "<securityGroupRuleId>sgr-1</securityGroupRuleId><securityGroupRuleId>sgr-2</securityGroupRuleId>";
    const shown = await rule.handle(
      queryCall("ec2", { Action: "DescribeSecurityGroupRules" }),
      emulator(rules).forward,
    );
    expect(textOf(shown)).toBe(
      "<securityGroupRuleId>sgr-1</securityGroupRuleId><description>web &amp; api</description><securityGroupRuleId>sgr-2</securityGroupRuleId>",
    );
  });

  test("find a subnet by the association of its IPv6 block, and return its state as a string", async () => {
    const rule = subnetIpv6();
    const xml =
      "<subnetId>subnet-1</subnetId><associationId>assoc-1</associationId><state>{'State': 'associated'}</state>";
    const created = await rule.handle(queryCall("ec2", { Action: "CreateSubnet" }), emulator(xml).forward);
    expect(textOf(created)).toContain("<state>associated</state>");
    const { forward, calls } = emulator("");
    const filter = { "Filter.1.Name": "ipv6-cidr-block-association.association-id", "Filter.1.Value.1": "assoc-1" };
    await rule.handle(queryCall("ec2", { Action: "DescribeSubnets", ...filter }), forward);
    expect(Object.fromEntries(calls[0]?.form ?? [])).toMatchObject({
      "Filter.1.Name": "subnet-id",
      "Filter.1.Value.1": "subnet-1",
    });
  });

  test("store which instances are monitored", async () => {
    const rule = instanceMonitoring();
    await rule.handle(queryCall("ec2", { Action: "MonitorInstances", "InstanceId.1": "i-1" }), emulator("").forward);
    const machine = (id: string) => `<instanceId>${id}</instanceId><monitoring><state>disabled</state></monitoring>`;
    const { forward } = emulator(machine("i-1") + machine("i-2"));
    const shown = textOf(await rule.handle(queryCall("ec2", { Action: "DescribeInstances" }), forward));
    expect(shown).toBe(machine("i-1").replace("disabled", "enabled") + machine("i-2"));
  });

  test("add the default throughput to a gp3 volume", async () => {
    const { forward } = emulator("<volumeType>gp3</volumeType><size>8</size>");
    const shown = textOf(await volumeThroughput.handle(queryCall("ec2", { Action: "DescribeVolumes" }), forward));
    expect(shown).toBe("<volumeType>gp3</volumeType><throughput>125</throughput><size>8</size>");
  });

  test("do not change error responses", async () => {
    const { forward } = emulator("<Error/>", 400);
    const response = await volumeThroughput.handle(queryCall("ec2", { Action: "DescribeVolumes" }), forward);
    expect(response.status).toBe(400);
    expect(textOf(response)).toBe("<Error/>");
  });
});
