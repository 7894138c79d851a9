import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { Name } from "../../core/name";
import { INLINE_POLICY_NAME } from "../limits";
import { PolicyDocument } from "./policy-document";
import { PolicyKind } from "./policy-kind";
import type { Statement } from "./statement";

/** Defines the single inline policy with all grants of a role, created with the first grant. Created by `Role`. */
export class InlinePolicy extends Construct {
  private document = PolicyDocument.of();
  private resource: IamRolePolicy | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly roleName: string,
  ) {
    super(scope, id);
  }

  /** The policy, after the first grant. */
  get resources(): readonly IamRolePolicy[] {
    return this.resource === undefined ? [] : [this.resource];
  }

  add(statements: readonly Statement[]): void {
    const document = this.document.with(...statements);
    document.toJson(PolicyKind.INLINE, this);
    this.document = document;
    this.resource ??= this.createResource();
  }

  private createResource(): IamRolePolicy {
    const policy = new IamRolePolicy(this, "Resource", {
      name: Name.of(this).prefix(INLINE_POLICY_NAME),
      role: this.roleName,
      policy: Lazy.stringValue({ produce: () => this.document.toJson(PolicyKind.INLINE, this) }),
    });
    this.node.defaultChild = policy;
    return policy;
  }
}
