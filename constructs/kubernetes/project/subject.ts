import type { Location, Violation } from "../../core/violation";
import { isToken } from "../../core/token";
import { OBJECT_NAMES } from "../names";
import { KUB046 } from "./rules";

/**
 * Defines who has a role: a group, a user, or a service account.
 *
 * @example Subject.group("shop-developers"); Subject.user("kim@example.com"); Subject.serviceAccount("ci", "deployer")
 */
export class Subject {
  /** A group, by the name that the cluster's authentication gives it, such as the group of an `AccessEntry` or of Keycloak. */
  static group(name: string): Subject {
    return new Subject("Group", name);
  }

  /** A user, by the name that the cluster's authentication gives it. */
  static user(name: string): Subject {
    return new Subject("User", name);
  }

  /** A service account of a namespace. */
  static serviceAccount(namespace: string, name: string): Subject {
    return new Subject("ServiceAccount", name, namespace);
  }

  private constructor(
    private readonly kind: "Group" | "User" | "ServiceAccount",
    private readonly name: string,
    private readonly namespace?: string,
  ) {}

  /** The subject as an argument of a role binding. */
  get argument() {
    const { kind, name, namespace } = this;
    return kind === "ServiceAccount"
      ? { kind, name, namespace }
      : { kind, name, apiGroup: "rbac.authorization.k8s.io" };
  }

  /** Violations of the name. Groups of the control plane would give a role to everyone, or to no one. */
  violations(at: Location): Violation[] {
    const { kind, name, namespace } = this;
    const isEveryone = ["system:authenticated", "system:unauthenticated", "system:anonymous"].includes(name);
    const isValid =
      kind === "ServiceAccount"
        ? [name, namespace ?? ""].every((part) => isToken(part) || OBJECT_NAMES.serviceAccount.pattern.test(part))
        : name.trim() !== "";
    if (isValid && !isEveryone) return [];
    return [
      KUB046.violation({
        at,
        given: `${kind} "${name}"`,
        fix: isEveryone ? "name a group of the project" : "give a name",
      }),
    ];
  }
}
