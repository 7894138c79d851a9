import { isToken, isWholeToken, literalOf } from "../../core/token";
import { type Partition, PARTITIONS } from "../partition";
import { parseArn } from "./arn";
import { IAM009, IAM013, IAM014 } from "./rules";

const HOST_NAME = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/;

/** Services have names in the domain of a partition; most use that of the commercial partition everywhere. */
function isServiceName(text: string): boolean {
  // A region that is known only at apply, and the placeholder of a region in warnings.
  const name = text.replace(/\$\{TfToken\[[^\]]*\]\}|<region>/g, "x");
  return isWholeToken(text) || (HOST_NAME.test(name) && PARTITIONS.some(({ domain }) => name.endsWith(`.${domain}`)));
}

/**
 * Names of services that differ from the commercial partition's; all other services have one name everywhere.
 * Source: the table of partitions of eksctl (pkg/apis/eksctl.io/v1alpha5/partitions.go).
 */
const NAMES_BY_PARTITION: ReadonlyMap<string, Partial<Record<Partition, string>>> = new Map([
  [
    "ec2.amazonaws.com",
    { "aws-cn": "ec2.amazonaws.com.cn", "aws-iso": "ec2.c2s.ic.gov", "aws-iso-b": "ec2.sc2s.sgov.gov" },
  ],
]);

/**
 * Defines a principal of a statement: a service, an account, a role or user, an identity provider, or anyone.
 *
 * @example Principal.service("ec2.amazonaws.com"); Principal.account("111122223333"); Principal.anyone()
 */
export class Principal {
  /** An AWS service, for example `ec2.amazonaws.com`, which is written as `ec2.amazonaws.com.cn` in China. */
  static service(name: string): Principal {
    if (!isServiceName(name))
      throw IAM013.violation({
        given: `service "${name}"`,
        fix: 'write it with its domain, for example "ec2.amazonaws.com"',
      });
    return new Principal("Service", (partition) => NAMES_BY_PARTITION.get(name)?.[partition] ?? name);
  }

  /** All identities of an account that have the same permission in that account. */
  static account(id: string): Principal {
    if (!isWholeToken(id) && !/^\d{12}$/.test(id))
      throw IAM009.violation({ given: `account "${id}"`, fix: 'use twelve digits, for example "111122223333"' });
    return new Principal("AWS", (partition) => `arn:${partition}:iam::${id}:root`);
  }

  /** A role or user, by its ARN. */
  static arn(arn: string): Principal {
    const parsed = parseArn(arn);
    if (parsed === undefined) return new Principal("AWS", arn);
    const { service, account, resource } = parsed;
    if (!isToken(service) && service !== "iam" && service !== "sts") parseArn(arn, "iam");
    if (account === "" || account === "aws" || /[*?]/.test(literalOf(resource)))
      throw IAM014.violation({
        given: `principal "${arn}"`,
        fix: "write the whole ARN, or use Principal.account() with a condition for aws:PrincipalArn",
      });
    return new Principal("AWS", arn);
  }

  /** Identities of an identity provider, by the provider's ARN or name. Restrict them with conditions. */
  static federated(provider: string): Principal {
    if (provider.startsWith("arn:")) parseArn(provider, "iam");
    else if (!isToken(provider) && !HOST_NAME.test(provider)) parseArn(provider, "iam");
    return new Principal("Federated", provider);
  }

  /** Anyone, with or without an AWS account. */
  static anyone(): Principal {
    return new Principal("*", "*");
  }

  private constructor(
    /** Kind of principal. */
    readonly kind: "AWS" | "Service" | "Federated" | "*",
    private readonly written: string | ((partition: Partition) => string),
  ) {}

  /** The principal as written in a policy document of the commercial partition. */
  get value(): string {
    return this.valueIn("aws");
  }

  /** The principal as written in a policy document of a partition. */
  valueIn(partition: Partition): string {
    return typeof this.written === "string" ? this.written : this.written(partition);
  }

  /** Whether this is anyone. */
  get isAnyone(): boolean {
    return this.kind === "*";
  }
}

/** Principals as written in a policy document: `"*"`, or lists by kind. */
export function renderPrincipals(
  principals: readonly Principal[],
  partition: Partition,
): string | Record<string, string | string[]> {
  if (principals.some((principal) => principal.isAnyone)) return "*";
  const kinds = [...new Set(principals.map((principal) => principal.kind))];
  return Object.fromEntries(
    kinds.map((kind) => {
      const values = principals
        .filter((principal) => principal.kind === kind)
        .map((principal) => principal.valueIn(partition));
      const [only, ...others] = values;
      return [kind, only !== undefined && others.length === 0 ? only : values];
    }),
  );
}
