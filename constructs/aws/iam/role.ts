import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Fn, type ITerraformDependable, Lazy, Token } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { defined } from "../../core/defined";
import type { Duration } from "../../core/duration";
import { Name } from "../../core/name";
import { isToken } from "../../core/token";
import { descriptionOf } from "../description";
import { ROLE_DESCRIPTION, ROLE_NAME, ROLE_SESSION_SECONDS } from "../limits";
import { physicalName } from "../physical-name";
import { partitionFor } from "../provider-settings";
import { parseArn } from "./arn";
import type { IGrantee } from "./grantee";
import { InlinePolicy } from "./inline-policy";
import { attachmentsOf } from "./managed-policy-attachments";
import type { ManagedPolicy } from "./managed-policy";
import type { PolicyDocument } from "./policy-document";
import { PolicyKind } from "./policy-kind";
import { IAM007 } from "./rules";
import type { Statement } from "./statement";
import type { TrustPolicy } from "./trust-policy";

/** An IAM role that services, users and pods assume. */
export interface IRole extends IConstruct, IGrantee {
  /** ARN of the role. */
  readonly roleArn: string;
  /** Name of the role. */
  readonly roleName: string;
  /** All policies and attachments of the role, for `dependsOn` of resources that use its permissions immediately. */
  readonly permissions: readonly ITerraformDependable[];
}

/** Properties of {@link Role}. */
export interface RoleProps {
  /** Principals that can assume the role. */
  readonly trust: TrustPolicy;
  /** Description of the role. @default - the construct path */
  readonly description?: string;
  /** Physical name. @default - derived from the construct path */
  readonly roleName?: string;
  /** Existing managed policies to attach. @default - none */
  readonly managedPolicies?: readonly ManagedPolicy[];
  /** Permissions boundary: the maximum permissions, regardless of the policies. @default - none */
  readonly permissionsBoundary?: ManagedPolicy;
  /** Maximum session duration, one to twelve hours. @default - one hour */
  readonly maxSession?: Duration;
}

/**
 * Defines an IAM role.
 *
 * Creates the role, one attachment per managed policy (its id is the policy's name), and, with the first grant, a single
 * inline policy `Policy` with all grants, so that further grants change no address. Free of charge.
 *
 * @example
 * const role = new Role(this, "Runner", { trust: TrustPolicy.service("ec2.amazonaws.com") });
 * bucket.grants.read(role);
 */
export class Role extends Construct implements IRole {
  /** An existing role by its ARN. Grants become an inline policy of this stack on the role. */
  static fromArn(scope: Construct, id: string, roleArn: string): IRole {
    const roleName = nameInArn(roleArn);
    class Import extends Construct implements IRole {
      readonly roleArn = roleArn;
      readonly roleName = roleName;
      private readonly policy = new InlinePolicy(this, "Policy", roleName);

      get permissions(): readonly ITerraformDependable[] {
        return this.policy.resources;
      }

      addToPolicy(...statements: readonly Statement[]): void {
        this.policy.add(statements);
      }
    }
    const role = new Import(scope, id);
    Name.check(roleName, ROLE_NAME, role);
    return role;
  }

  /** ARN of the role. */
  readonly roleArn: string;
  /** Name of the role. */
  readonly roleName: string;
  private readonly policy: InlinePolicy;
  private readonly attachments: readonly IamRolePolicyAttachment[];

  constructor(scope: Construct, id: string, props: RoleProps) {
    super(scope, id);
    const { managedPolicies = [], permissionsBoundary, maxSession } = props;
    const role = new IamRole(this, "Resource", {
      name: physicalName(this, props.roleName, ROLE_NAME),
      description: descriptionOf(this, props.description, ROLE_DESCRIPTION),
      assumeRolePolicy: this.trustPolicy(props.trust.document),
      ...defined({
        maxSessionDuration: maxSession && this.checkedSession(maxSession),
        permissionsBoundary: permissionsBoundary && this.arnOf(permissionsBoundary),
      }),
    });
    this.node.defaultChild = role;
    this.roleArn = role.arn;
    this.roleName = role.name;
    this.attachments = attachmentsOf(managedPolicies, this).map(
      ({ id: attachment, policy }) =>
        new IamRolePolicyAttachment(this, attachment, { role: role.name, policyArn: this.arnOf(policy) }),
    );
    this.policy = new InlinePolicy(this, "Policy", role.name);
  }

  get permissions(): readonly ITerraformDependable[] {
    return [...this.attachments, ...this.policy.resources];
  }

  addToPolicy(...statements: readonly Statement[]): void {
    this.policy.add(statements);
  }

  /** The trust policy is rendered at synthesis, when the provider and with it the partition are known. */
  private trustPolicy(document: PolicyDocument): string {
    document.toJson(PolicyKind.TRUST, this);
    return Lazy.stringValue({ produce: () => document.toJson(PolicyKind.TRUST, this) });
  }

  private arnOf(policy: ManagedPolicy): string {
    return Lazy.stringValue({ produce: () => policy.arnIn(partitionFor(this).name) });
  }

  private checkedSession(session: Duration): number {
    const seconds = session.toSeconds();
    if (seconds < ROLE_SESSION_SECONDS.shortest || seconds > ROLE_SESSION_SECONDS.longest)
      throw IAM007.violation({
        at: this,
        given: `a session of ${session.toString()}`,
        fix: "use Duration.hours(1) to Duration.hours(12)",
      });
    return seconds;
  }
}

/** Name of a role in its ARN. When the name is a token, Terraform extracts it at apply. */
function nameInArn(roleArn: string): string {
  const name = (parseArn(roleArn, "iam", undefined, "role/")?.resource ?? roleArn).split("/").at(-1) ?? "";
  return isToken(name) ? Token.asString(Fn.element(Fn.reverse(Fn.split("/", roleArn)), 0)) : name;
}
