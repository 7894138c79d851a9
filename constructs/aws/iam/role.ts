import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Fn, Token } from "cdktf";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { IConstruct } from "constructs";
import type { Duration } from "../../core/duration";
import { Name } from "../../core/name";
import { isToken } from "../../core/token";
import { parseArn } from "./arn";
import type { IGrantee } from "./grantee";
import { InlinePolicy } from "./inline-policy";
import type { ManagedPolicy } from "./managed-policy";
import { PolicyKind } from "./policy-kind";
import { IAM007 } from "./rules";
import type { Statement } from "./statement";
import type { Trust } from "./trust";

const ROLE_NAME = { service: "IAM role", maxLength: 64, pattern: /^[\w+=,.@-]+$/ };

/** An identity that services, people and pods take on. */
export interface IRole extends IConstruct, IGrantee {
  readonly roleArn: string;
  readonly roleName: string;
  /** Everything that must stand before the role's permissions hold; for `dependsOn` of what acts with them at once. */
  readonly permissions: readonly ITerraformDependable[];
}

export interface RoleProps {
  /** Who may take on the role. */
  readonly trust: Trust;
  /** What the role is for. @default - its construct path */
  readonly description?: string;
  /** Physical name. @default - made from the construct path */
  readonly roleName?: string;
  /** Policies that exist already. @default - none */
  readonly managedPolicies?: readonly ManagedPolicy[];
  /** What the role can do at most, whatever its policies say. @default - no boundary */
  readonly permissionsBoundary?: ManagedPolicy;
  /** How long a session lasts at most, one to twelve hours. @default - one hour */
  readonly maxSession?: Duration;
}

/**
 * Defines an IAM role.
 *
 * Creates the role, one attachment for each managed policy (keyed by the policy's name), and, with the first grant, one
 * inline policy `Policy` that holds every grant: a further grant changes no address. Costs nothing.
 *
 * @example
 * const role = new Role(this, "Runner", { trust: Trust.service("ec2.amazonaws.com") });
 * bucket.grants.read(role);
 */
export class Role extends Construct implements IRole {
  /** A role that is kept elsewhere, by ARN. Grants become an inline policy of this stack's on it. */
  static fromArn(scope: Construct, id: string, roleArn: string): IRole {
    const written = (parseArn(roleArn, "iam")?.resource ?? roleArn).split("/").at(-1) ?? "";
    // An ARN may be known but for its account: then the name is text already. Otherwise Terraform finds it.
    const roleName = isToken(written) ? Token.asString(Fn.element(Fn.reverse(Fn.split("/", roleArn)), 0)) : written;
    return new ImportedRole(scope, id, roleArn, roleName);
  }

  readonly roleArn: string;
  readonly roleName: string;
  private readonly policy: InlinePolicy;
  private readonly attachments: readonly IamRolePolicyAttachment[];

  constructor(scope: Construct, id: string, props: RoleProps) {
    super(scope, id);
    const { managedPolicies = [], permissionsBoundary, maxSession } = props;
    const role = new IamRole(this, "Resource", {
      name: props.roleName === undefined ? Name.of(this).fit(ROLE_NAME) : Name.check(props.roleName, ROLE_NAME, this),
      description: props.description ?? this.node.path,
      assumeRolePolicy: props.trust.document.toJson(PolicyKind.TRUST, this),
      ...(maxSession === undefined ? {} : { maxSessionDuration: this.checked(maxSession) }),
      ...(permissionsBoundary === undefined ? {} : { permissionsBoundary: permissionsBoundary.policyArn }),
    });
    this.node.defaultChild = role;
    this.roleArn = role.arn;
    this.roleName = role.name;
    this.attachments = managedPolicies.map(
      ({ noun, policyArn }) => new IamRolePolicyAttachment(this, noun, { role: role.name, policyArn }),
    );
    this.policy = new InlinePolicy(this, "Policy", role.name);
  }

  get permissions(): readonly ITerraformDependable[] {
    return [...this.attachments, ...this.policy.resources];
  }

  addToPolicy(...statements: readonly Statement[]): void {
    this.policy.add(statements);
  }

  private checked(session: Duration): number {
    const seconds = session.toSeconds();
    if (seconds < 3_600 || seconds > 43_200)
      throw IAM007.violation({
        at: this,
        given: `a session of ${session.toString()}`,
        fix: "use Duration.hours(1) to Duration.hours(12)",
      });
    return seconds;
  }
}

class ImportedRole extends Construct implements IRole {
  private readonly policy: InlinePolicy;

  constructor(
    scope: Construct,
    id: string,
    readonly roleArn: string,
    readonly roleName: string,
  ) {
    super(scope, id);
    if (!isToken(roleName)) Name.check(roleName, ROLE_NAME, this);
    this.policy = new InlinePolicy(this, "Policy", roleName);
  }

  get permissions(): readonly ITerraformDependable[] {
    return this.policy.resources;
  }

  addToPolicy(...statements: readonly Statement[]): void {
    this.policy.add(statements);
  }
}
