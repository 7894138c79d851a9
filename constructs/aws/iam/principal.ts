import { isToken } from "../../core/token";
import { parseArn } from "./arn";
import { IAM009 } from "./rules";

/**
 * Defines a principal of a statement: a service, an account, a role or user, an identity provider, or anyone.
 *
 * @example Principal.service("ec2.amazonaws.com"); Principal.account("111122223333"); Principal.anyone()
 */
export class Principal {
  /** An AWS service, for example `ec2.amazonaws.com`. */
  static service(name: string): Principal {
    return new Principal("Service", name);
  }

  /** All identities of an account that have the same permission in that account. */
  static account(id: string): Principal {
    if (!isToken(id) && !/^\d{12}$/.test(id))
      throw IAM009.violation({ given: `account "${id}"`, fix: 'use twelve digits, for example "111122223333"' });
    return new Principal("AWS", `arn:aws:iam::${id}:root`);
  }

  /** A role or user, by its ARN. */
  static arn(arn: string): Principal {
    parseArn(arn);
    return new Principal("AWS", arn);
  }

  /** Identities of an identity provider, by the provider's ARN or name. Restrict them with conditions. */
  static federated(provider: string): Principal {
    return new Principal("Federated", provider);
  }

  /** Anyone, with or without an AWS account. */
  static anyone(): Principal {
    return new Principal("*", "*");
  }

  private constructor(
    readonly kind: "AWS" | "Service" | "Federated" | "*",
    /** The principal as written in a policy document. */
    readonly value: string,
  ) {}

  /** Whether this is anyone. */
  get isAnyone(): boolean {
    return this.kind === "*";
  }
}

/** Principals as written in a policy document: `"*"`, or lists by kind. */
export function renderPrincipals(principals: readonly Principal[]): string | Record<string, string | string[]> {
  if (principals.some((principal) => principal.isAnyone)) return "*";
  const kinds = [...new Set(principals.map((principal) => principal.kind))];
  return Object.fromEntries(
    kinds.map((kind) => {
      const values = principals.filter((principal) => principal.kind === kind).map((principal) => principal.value);
      const [only, ...others] = values;
      return [kind, only !== undefined && others.length === 0 ? only : values];
    }),
  );
}
