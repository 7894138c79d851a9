import type { Construct } from "constructs";
import { Name, type NameRule } from "../core/name";
import { providerSettings } from "./provider-settings";

/** Physical name of a resource that is created: the given name, or one derived from the construct path. Rejects a name in use. */
export function physicalName(owner: Construct, given: string | undefined, rule: NameRule): string {
  return given === undefined
    ? Name.of(owner).fit(rule)
    : Name.claim(given, rule, owner, providerSettings(owner).account);
}
