import type { IConstruct } from "constructs";
import type { NameRule } from "./name";
import { NAM002 } from "./rules";
import { checkAddresses } from "./terraform-address";
import { isToken } from "./token";

/** A construct that has a physical name. Only its path is required; the tree makes it comparable with others. */
export interface NameOwner {
  /** Position in the construct tree. */
  readonly node: {
    readonly path: string;
    readonly root?: object;
    readonly scopes?: readonly IConstruct[];
  };
}

interface Claim {
  readonly name: string;
  readonly rule: NameRule;
  readonly owner: NameOwner;
  /** Whether the name is derived from the path, or given by the user. */
  readonly origin: "generated" | "given";
  /** Key of the cloud account in which a given name is unique, if it is known. */
  readonly account?: string | undefined;
}

/** Claims of each construct tree by service and name. The weak map releases the entries of a tree together with the tree. */
const claims = new WeakMap<object, Map<string, Claim[]>>();

/**
 * Records the name of a construct in its tree, and rejects a name that another construct already has.
 *
 * Generated names are compared within the whole app: a path determines its name, and two stacks of an app are usually deployed
 * to one account. Given names are compared within a stack and, where it is known, within an account: two environments with
 * accounts of their own may use the same names.
 */
export function claim(added: Claim): void {
  const { root } = added.owner.node;
  if (root === undefined || isToken(added.name)) return;
  const names = claims.get(root) ?? new Map<string, Claim[]>();
  claims.set(root, names);
  const key = `${added.rule.service} ${added.rule.ignoresCase === true ? added.name.toLowerCase() : added.name}`;
  const present = names.get(key) ?? [];
  const other = present.find((existing) => collides(existing, added));
  if (other !== undefined)
    throw NAM002.violation({
      at: added.owner.node.path,
      given: `${added.rule.service} name "${added.name}", which ${other.owner.node.path} has`,
      fix:
        added.origin === "generated" && other.origin === "generated"
          ? "rename one of the two constructs: paths that differ only in case or in / and - result in one name"
          : "choose another name",
    });
  if (!present.some(({ owner }) => owner.node.path === added.owner.node.path)) names.set(key, [...present, added]);
}

function collides(one: Claim, other: Claim): boolean {
  if (one.owner.node.path === other.owner.node.path) return false;
  if (one.origin === "generated" && other.origin === "generated") return true;
  if (one.account !== undefined && one.account === other.account) return true;
  return stackOf(one.owner) === stackOf(other.owner);
}

/** Makes the synthesis of a construct's stack fail when two of its resources have one Terraform address. */
export function checkStack(owner: NameOwner): void {
  const stack = stackOf(owner);
  if (stack !== undefined) checkAddresses(stack);
}

/** The stack of a construct; undefined when it is in none. */
function stackOf({ node }: NameOwner): IConstruct | undefined {
  return node.scopes?.filter((scope) => "prepareStack" in scope).at(-1);
}
