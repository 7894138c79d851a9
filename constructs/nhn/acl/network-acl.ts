import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Cidr } from "../../core/cidr";
import { checkedText } from "../../core/text-rule";
import type { NetworkAclRules } from "../../core/network-acl-rules";
import { displayName } from "../../openstack/display-name";
import { restObject } from "../api/rest-object";
import { VPC_OBJECT_DESCRIPTION, VPC_OBJECT_NAME } from "../limits";
import type { IVpc } from "../network/vpc";
import { VpcDependencies } from "../network/vpc-dependencies";
import { countAgainstQuota } from "../network-quotas";
import { NHN012 } from "../rules";
import { checkLines, checkRules } from "./acl-checks";
import { fieldsOf } from "./acl-fields";
import { type AclLine, planAcl } from "./acl-plan";
import { removeInitialRule } from "./initial-rule";

/** The rules of one subnet, and where their orders start in the ACL of the VPC. */
export interface SubnetRules {
  /** Block of the subnet. */
  readonly cidr: Cidr;
  /** Rules of the subnet. */
  readonly rules: NetworkAclRules;
  /** Added to the number of each rule. It separates subnets with the same rule numbers; a new subnet moves no existing rule. */
  readonly from: number;
}

/** Properties of {@link NetworkAcl}. */
export interface NetworkAclProps {
  /** VPC whose network the ACL is bound to. */
  readonly vpc: IVpc;
  /** Rules by subnet (`cidr`, `rules`, `from`); the key is a noun. Every subnet of the VPC must be included. */
  readonly subnets: Readonly<Record<string, SubnetRules>>;
  /**
   * Name in the console.
   * @default - derived from the construct's path
   */
  readonly name?: string;
  /**
   * Purpose, as the console shows it.
   * @default - "rules of all subnets of the VPC"
   */
  readonly description?: string;
}

/**
 * Defines the stateless rules of all subnets of a VPC.
 *
 * NHN Cloud binds one ACL to a whole VPC and none to a subnet, so the rules of all subnets are merged into one list: inside the VPC
 * the rules of the destination's subnet apply (see `planAcl`), machines of the same subnet reach each other, and an egress rule for
 * another part of the VPC is rejected. An allow rule uses its number and the next one; the orders of rules for traffic from and to
 * the outside are 16,000 higher.
 *
 * Creates the ACL, its rules, an API call that removes the initial rule that allows all traffic (requires curl on the machine that
 * runs Terraform), and the binding, in this order. Only the description of a rule can change in place. Cost: free of charge.
 *
 * Errors: NHN009 to NHN014, NHN019, TXT001.
 *
 * @example
 * new NetworkAcl(this, "Acl", {
 *   vpc,
 *   subnets: { private: { cidr: Cidr.parse("172.31.0.0/20"), rules: NetworkAclRules.outbound(), from: 2000 } },
 * });
 */
export class NetworkAcl extends Construct {
  /** Id of the network ACL. */
  readonly networkAclId: string;
  /** All rules in NHN Cloud's evaluation order. Traffic that no rule matches is denied. */
  readonly lines: readonly AclLine[];

  constructor(scope: Construct, id: string, props: NetworkAclProps) {
    super(scope, id);
    const { vpc } = props;
    const description = checkedText(
      props.description ?? "rules of all subnets of the VPC",
      VPC_OBJECT_DESCRIPTION,
      this,
    );
    vpc.api.region.require("network ACL", this);
    const dependencies = VpcDependencies.of(vpc, this);
    dependencies.rejectSecondAcl(this);
    this.lines = this.plan(props);
    countAgainstQuota(this, vpc.api, "networkAcls");
    countAgainstQuota(this, vpc.api, "aclRules", this.lines.length);
    const acl = restObject(this, "Resource", {
      collection: "acls",
      noun: "acl",
      fields: { name: displayName(this, props.name, VPC_OBJECT_NAME), description },
      changeable: ["name", "description"],
    });
    const rules = this.createRules(acl.id);
    const enforcement = removeInitialRule(this, { api: vpc.api, aclId: acl.id, description, rules });
    // Bound last, so that an incomplete ACL never applies to the network.
    const binding = restObject(this, "Binding", {
      collection: "acl_bindings",
      noun: "acl_binding",
      fields: { acl_id: acl.id, network_id: vpc.networkId },
      changeable: [],
      dependsOn: [...rules, enforcement],
    });
    this.node.defaultChild = acl;
    this.networkAclId = acl.id;
    dependencies.setAcl(this, binding);
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
   * The construct id contains the order, which is also the key of a rule in the cloud. With other keys, two rules that swap their
   * orders would each request an order that the other rule still has.
   */
  private createRules(aclId: string): readonly ITerraformDependable[] {
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

  private subnetsWithoutRules(vpc: IVpc, { subnets }: NetworkAclProps): string[] {
    const named = Object.values(subnets);
    return VpcDependencies.of(vpc, this)
      .subnets.filter((subnet) => !named.some(({ cidr }) => cidr.equals(subnet.cidr)))
      .map(
        (subnet) =>
          NHN012.violation({
            at: this,
            given: `no rules for ${subnet.path} (${subnet.cidr.toString()})`,
            fix: "add rules; NetworkAclRules.none() isolates a subnet explicitly",
          }).message,
      );
  }
}
