import { defined } from "../../../core/defined";
import { Port } from "../../../core/port";
import type { Unknown } from "../model/certainty";
import type { AclRule, NetworkAcl } from "../model/network/network-acl";
import type { Range } from "../model/traffic/range";
import { blockOf } from "../reader/addresses";
import type { Element } from "../reader/element";
import type { Elements } from "../reader/elements";
import { trafficOf } from "../reader/traffic";
import type { NhnObject, NhnObjects } from "./nhn-objects";

/** The first of the two initial rules of every ACL: it allows all traffic until it is removed. The last one, which denies, is permanent. */
const INITIAL: AclRule = { number: 101, action: "allow", traffic: Port.ALL };
const DEFAULT_RULE = "32765";

/**
 * Reads ACLs. An ACL is bound to a whole VPC, and its rules specify source and destination, so that all packets are evaluated by the
 * same rules. The documentation does not state two cases; the model assumes that the ACL also applies between machines of one subnet,
 * and on both sides of a NAT gateway.
 */
export class NhnAcls {
  private readonly acls = new Map<Element, NetworkAcl>();

  constructor(
    private readonly elements: Elements,
    private readonly objects: NhnObjects,
  ) {}

  /** The ACL that is bound to a VPC. */
  of(vpc: Element): NetworkAcl | Unknown | undefined {
    const [binding] = this.objects.referringTo(vpc, "acl_bindings", "network_id");
    if (binding === undefined) return undefined;
    const acl = this.objects.resolve(binding, "acl_id");
    if (acl === undefined) return { unknown: `the network ACL of ${vpc.path}, which is outside of this tree` };
    const known = this.acls.get(acl) ?? this.read(acl);
    this.acls.set(acl, known);
    return known;
  }

  private read(acl: Element): NetworkAcl {
    const rules = this.objects.referringTo(acl, "acl_rules", "acl_id").flatMap((rule) => this.rule(rule));
    const all = this.isEnforced(acl) ? rules : [INITIAL, ...rules];
    return { path: acl.path, inbound: all, outbound: all, defaultRule: DEFAULT_RULE, scope: "network", complete: true };
  }

  /** Whether the tree removes the initial rule that allows all traffic: a provisioner that deletes a rule of the ACL. */
  private isEnforced(acl: Element): boolean {
    return this.elements
      .resources("terraform_data", "null_resource")
      .filter(({ arguments: block }) =>
        block.blocks("provisioner").some((one) => {
          const call = one.block("local-exec");
          const command = `${call.text("command") ?? ""} ${call.block("environment").text("URL") ?? ""}`;
          return command.includes("DELETE") && command.includes("/acl_rules/");
        }),
      )
      .some((one) =>
        ["triggers_replace", "triggers"].some(
          (name) => this.elements.resolve(one, one.arguments.block(name).text("acl")) === acl,
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
        ...defined({ sourcePorts }),
      },
    ];
  }
}

function sourcePortsOf({ fields }: NhnObject): Range | undefined {
  const [first, last] = [fields.number("src_port_range_min"), fields.number("src_port_range_max")];
  return first === undefined || last === undefined ? undefined : { first, last };
}
