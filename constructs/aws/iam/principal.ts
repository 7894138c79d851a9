import { isToken } from "../../core/token";
import { parseArn } from "./arn";
import { IAM009 } from "./rules";

/**
 * Defines one party that a statement speaks about: a service, an account, a role, an identity provider, or everybody.
 *
 * @example Principal.service("ec2.amazonaws.com"); Principal.account("111122223333"); Principal.anyone()
 */
export class Principal {
  /** A service of AWS, for example `ec2.amazonaws.com`. */
  static service(name: string): Principal {
    return new Principal("Service", name);
  }

  /** Everybody in an account to whom that account gives the same permission. */
  static account(id: string): Principal {
    if (!isToken(id) && !/^\d{12}$/.test(id))
      throw IAM009.violation({ given: `account "${id}"`, fix: 'write twelve digits, for example "111122223333"' });
    return new Principal("AWS", `arn:aws:iam::${id}:root`);
  }

  /** One role or user, by its ARN. */
  static arn(arn: string): Principal {
    parseArn(arn);
    return new Principal("AWS", arn);
  }

  /** Whoever an identity provider vouches for, by the provider's ARN or name. Say which of them in the conditions. */
  static federated(provider: string): Principal {
    return new Principal("Federated", provider);
  }

  /** Everybody on the internet, with or without an account. */
  static anyone(): Principal {
    return new Principal("*", "*");
  }

  private constructor(
    readonly kind: "AWS" | "Service" | "Federated" | "*",
    /** The party as a policy document spells it. */
    readonly value: string,
  ) {}

  /** Whether this is everybody. */
  get isAnyone(): boolean {
    return this.kind === "*";
  }
}

/** Parties as they stand in a policy document: `"*"`, or lists by kind. */
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
