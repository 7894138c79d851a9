import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Cidr } from "../core/cidr";
import { Name } from "../core/name";
import type { NetworkAclRules } from "../core/network-acl-rules";
import { checkLines, checkRules } from "./acl-checks";
import { removeInitialRule } from "./acl-enforcement";
import { fieldsOf } from "./acl-fields";
import type { AclLine } from "./acl-plan";
import { planAcl } from "./acl-plan";
import { count } from "./network-count";
import { restObject } from "./rest-object";
import { NHN012 } from "./rules";
import type { IVpc } from "./vpc";

/** The rules of one subnet, and their place among those of the VPC. */
export interface SubnetRules {
  readonly cidr: Cidr;
  readonly rules: NetworkAclRules;
  /** Is added to the number of each rule: subnets with the same numbers stay apart by it, and a new one moves none. */
  readonly from: number;
}

export interface NetworkAclProps {
  readonly vpc: IVpc;
  /** The rules of each subnet, by a noun. Every subnet of the VPC has to be there. */
  readonly subnets: Readonly<Record<string, SubnetRules>>;
  /**
   * Name in the console.
   * @default - made from the construct's path
   */
  readonly name?: string;
  /**
   * What it is for.
   * @default - "rules of all subnets of the VPC"
   */
  readonly description?: string;
}

/**
 * Defines the stateless rules in front of the subnets of a VPC.
 *
 * NHN Cloud binds one ACL to a whole VPC and none to a subnet, so the rules of all subnets become one list: inside the
 * VPC the subnet decides that a packet arrives at (see `planAcl`), machines of one subnet reach each other, and a rule
 * about what leaves for another part of the VPC is refused. A pair takes its number and the next one; rules about
 * traffic from and to outside stand 16,000 higher.
 *
 * Creates the ACL, its rules, a call that removes the rule that lets everything through, with which every ACL starts
 * (it needs curl where Terraform runs), and the binding, in this order. Free of charge. Of a rule only the description
 * changes in place.
 *
 * Errors: NHN009 to NHN014.
 *
 * @example
 * new NetworkAcl(this, "Acl", {
 *   vpc,
 *   subnets: { private: { cidr: Cidr.parse("172.31.0.0/20"), rules: NetworkAclRules.outbound(), from: 2000 } },
 * });
 */
export class NetworkAcl extends Construct {
  readonly networkAclId: string;
  /** The whole list as NHN Cloud walks through it; what no rule of it is about is denied. */
  readonly lines: readonly AclLine[];

  constructor(scope: Construct, id: string, props: NetworkAclProps) {
    super(scope, id);
    const { vpc, description = "rules of all subnets of the VPC" } = props;
    vpc.api.region.demand("network ACL", this);
    vpc.roster.refuseSecondAcl(this);
    this.lines = this.plan(props);
    count(this, vpc.api, "networkAcls");
    count(this, vpc.api, "aclRules", this.lines.length);
    const acl = restObject(this, "Resource", {
      collection: "acls",
      noun: "acl",
      fields: { name: props.name ?? Name.of(this).toString(), description },
      changeable: ["name", "description"],
    });
    const rules = this.rules(acl.id);
    const enforced = removeInitialRule(this, { api: vpc.api, aclId: acl.id, description, rules });
    // Bound last: a network is never under an ACL that is not complete yet.
    const binding = restObject(this, "Binding", {
      collection: "acl_bindings",
      noun: "acl_binding",
      fields: { acl_id: acl.id, network_id: vpc.networkId },
      changeable: [],
      dependsOn: [...rules, enforced],
    });
    this.node.defaultChild = acl;
    this.networkAclId = acl.id;
    vpc.roster.setAcl(this, binding);
    this.node.addValidation({ validate: () => this.subnetsWithoutRules(vpc, props) });
  }

  private plan({ vpc, subnets }: NetworkAclProps): readonly AclLine[] {
    const keyed = Object.entries(subnets).map(([key, subnet]) => ({ key, ...subnet }));
    checkRules(this, vpc.cidr, keyed);
    const lines = planAcl(vpc.cidr, keyed);
    checkLines(this, lines);
    return lines;
  }

  /**
   * The order is a rule's key with the cloud, and so it is here: two rules that swapped places under other keys would each
   * want a number that the other one still has.
   */
  private rules(aclId: string): readonly ITerraformDependable[] {
    const scopes = new Map<string, Construct>();
    return this.lines.map((line) => {
      const key = line.subnet ?? "network";
      const scope = scopes.get(key) ?? new Construct(this, key);
      scopes.set(key, scope);
      return restObject(scope, `order-${line.order}`, {
        collection: "acl_rules",
        noun: "acl_rule",
        fields: { acl_id: aclId, ...fieldsOf(line) },
        changeable: ["description"],
      });
    });
  }

  private subnetsWithoutRules({ roster }: IVpc, { subnets }: NetworkAclProps): string[] {
    const named = Object.values(subnets);
    return roster.subnets
      .filter((subnet) => !named.some(({ cidr }) => cidr.equals(subnet.cidr)))
      .map(
        (subnet) =>
          NHN012.violation({
            at: this,
            given: `no rules for ${subnet.path} (${subnet.cidr.toString()})`,
            fix: "add them; NetworkAclRules.none() cuts a subnet off in so many words",
          }).message,
      );
  }
}
