import { Token } from "cdktf";
import type { Construct } from "constructs";
import { isFreeId } from "../core/child-id";
import { OST025 } from "./rules";

/** Ids that constructs of this library give to their own children. */
const OWN = ["Resource", "Default", "FloatingIp"];

/** Rejects an id of a route, listener, rule or target that its construct uses itself, or that another one has. */
export function checkChildId(scope: Construct, id: string, kind: string): void {
  const isOurs = OWN.includes(id) || id.startsWith("interface-");
  const isKnown = !Token.isUnresolved(id);
  if (isKnown && !isOurs && isFreeId(scope, id)) return;
  const reason = id.trim() === "" ? "" : isOurs ? ", which is used by the construct itself" : ", which is in use";
  throw OST025.violation({
    at: scope,
    given: `${kind} "${id}"${isKnown ? reason : ", which is known only at apply"}`,
    fix: 'use a noun of its own, for example "web"',
  });
}
