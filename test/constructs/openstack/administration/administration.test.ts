import { NetworkingSecgroupRuleV2 } from "@groundwork/provider-openstack/lib/networking-secgroup-rule-v2";
import { NetworkingSecgroupV2 } from "@groundwork/provider-openstack/lib/networking-secgroup-v2";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { Administration } from "@groundwork/constructs/openstack/administration/administration";
import { SecurityGroup } from "@groundwork/constructs/openstack/security/security-group";
import { OST006, OST021 } from "@groundwork/constructs/openstack/rules";
import { resources } from "../../../support/fixture";
import { openstackStack } from "../../../support/openstack";

const office = Peer.ipv4("203.0.113.0/24");

function administration(id = "Administration", administrators: readonly Peer[] = [office]) {
  const stack = openstackStack();
  return { stack, ...new Administration(stack, id, { administrators }) };
}

/** Rules of a direction as `group: peer ports`, with the last part of the groups' ids. */
function rules(stack: ReturnType<typeof openstackStack>, direction: string): readonly string[] {
  const group = (id: unknown) => String(id).replace(/.*_(\w+)_\w{8}\.id\}$/, "$1");
  return resources(stack, NetworkingSecgroupRuleV2)
    .filter((rule) => rule["direction"] === direction)
    .map((rule) =>
      [
        `${group(rule["security_group_id"])}:`,
        rule["remote_ip_prefix"] ?? group(rule["remote_group_id"]),
        [rule["protocol"] ?? "anything", rule["port_range_min"]].filter((part) => part !== undefined).join(" "),
      ].join(" "),
    )
    .sort();
}

describe("Administration", () => {
  test("allows SSH from administrators to the bastion, and from the bastion to administered machines", () => {
    const { stack } = administration("Administration", [office, Peer.ipv4("198.51.100.7/32")]);
    expect(rules(stack, "ingress")).toEqual([
      "Administered: Bastion tcp 22",
      "Bastion: 198.51.100.7/32 tcp 22",
      "Bastion: 203.0.113.0/24 tcp 22",
    ]);
  });

  test("allows egress of the bastion to packages and administered machines, and all egress of those", () => {
    const { stack } = administration();
    expect(rules(stack, "egress")).toEqual([
      "Administered: 0.0.0.0/0 anything",
      "Bastion: 0.0.0.0/0 tcp 443",
      "Bastion: 0.0.0.0/0 tcp 53",
      "Bastion: 0.0.0.0/0 tcp 80",
      "Bastion: 0.0.0.0/0 udp 53",
      "Bastion: Administered tcp 22",
    ]);
  });

  test("does not appear in the ids of groups and rules when its id is Default", () => {
    const { stack } = administration("Default");
    const flat = openstackStack();
    const [bastion, administered] = ["Bastion", "Administered"].map(
      (id) => new SecurityGroup(flat, id, { description: id }),
    );
    if (bastion !== undefined) administered?.connections.allowFrom(bastion, Port.SSH, "SSH from the bastion");
    const addresses = (of: typeof stack) =>
      [...resources(of, NetworkingSecgroupV2), ...resources(of, NetworkingSecgroupRuleV2)].map(
        ({ address }) => address,
      );
    expect(addresses(flat)).toHaveLength(4);
    expect(addresses(stack)).toEqual(expect.arrayContaining(addresses(flat)));
  });

  test("rejects administrators without a block, and from the internet", () => {
    expect(() => administration("Administration", [])).toViolate(OST021, /at test\/Administration: .*name the blocks/);
    expect(() => administration("Administration", [Peer.anyIpv4()])).toViolate(OST006);
  });
});
