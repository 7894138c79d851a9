import { Port } from "../../../core/port";
import type { Unknown } from "../model/certainty";
import type { AclRule, NetworkAcl } from "../model/network-acl";
import type { Range } from "../model/range";
import { blockOf } from "../reader/addresses";
import type { Element } from "../reader/element";
import type { Elements } from "../reader/elements";
import { trafficOf } from "../reader/traffic";
import type { NhnObject, NhnObjects } from "./nhn-objects";

/** The rules that every ACL starts with. The first lets everything through until it is removed; the last stays. */
const INITIAL: AclRule = { number: 101, action: "allow", traffic: Port.ALL };
const LAST = "32765";

/**
 * Reads ACLs. One is bound to a whole VPC, and its rules name both ends of a packet, so packets meet the same list wherever
 * they are. What the documents leave open is taken to be so: that it also stands between machines of one subnet, and between
 * a NAT gateway and both of its sides.
 */
export class NhnAcls {
  private readonly read = new Map<Element, NetworkAcl>();

  constructor(
    private readonly elements: Elements,
    private readonly objects: NhnObjects,
  ) {}

  /** The ACL of a VPC, if one is bound to it. */
  of(vpc: Element): NetworkAcl | Unknown | undefined {
    const [binding] = this.objects.referringTo(vpc, "acl_bindings", "network_id");
    if (binding === undefined) return undefined;
    const acl = this.objects.behind(binding, "acl_id");
    if (acl === undefined) return { unknown: `what the network ACL of ${vpc.path} says: it is no part of this tree` };
    const read = this.read.get(acl) ?? this.list(acl);
    this.read.set(acl, read);
    return read;
  }

  private list(acl: Element): NetworkAcl {
    const rules = this.objects.referringTo(acl, "acl_rules", "acl_id").flatMap((rule) => this.rule(rule));
    const all = this.isEnforced(acl) ? rules : [INITIAL, ...rules];
    return { path: acl.path, inbound: all, outbound: all, last: LAST, border: "network", complete: true };
  }

  /** Whether the tree removes the rule that lets everything through: a call that deletes a rule of the ACL. */
  private isEnforced(acl: Element): boolean {
    return this.elements
      .resources("terraform_data", "null_resource")
      .filter(({ arguments: block }) =>
        block.blocks("provisioner").some((one) => {
          const call = one.block("local-exec");
          const words = `${call.text("command") ?? ""} ${call.block("environment").text("URL") ?? ""}`;
          return words.includes("DELETE") && words.includes("/acl_rules/");
        }),
      )
      .some((one) =>
        ["triggers_replace", "triggers"].some(
          (name) => this.elements.behind(one, one.arguments.block(name).text("acl")) === acl,
        ),
      );
  }

  private rule(rule: NhnObject): readonly AclRule[] {
    const { element, fields } = rule;
    const traffic = trafficOf(fields, { protocol: "protocol", from: "dst_port_range_min", to: "dst_port_range_max" });
    if (traffic === undefined) return [];
    const block = (field: string) => blockOf(this.elements, element, fields.text(field) ?? "0.0.0.0/0");
    const sourcePorts = sourcePortsOf(rule);
    return [
      {
        number: Number(fields.text("order")),
        action: fields.text("policy") === "allow" ? "allow" : "deny",
        traffic,
        source: block("src_ip"),
        destination: block("dst_ip"),
        ...(sourcePorts === undefined ? {} : { sourcePorts }),
      },
    ];
  }
}

function sourcePortsOf({ fields }: NhnObject): Range | undefined {
  const [first, last] = [fields.number("src_port_range_min"), fields.number("src_port_range_max")];
  return first === undefined || last === undefined ? undefined : { first, last };
}
