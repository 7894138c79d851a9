import { anyCheck, type Check, type Problem } from "../check";
import type { AwsCloud } from "./cloud";
import { type Existence, LOOKUPS } from "./name-lookups";

/** Names of created resources by type. */
type Names = Readonly<Record<string, readonly string[]>>;

/** Existing objects by type and name. */
type Existing = Readonly<Record<string, Readonly<Record<string, Existence>>>>;

/** Whether objects with the names of created resources exist: a second one with the same name is rejected. */
export const nameCheck: Check<AwsCloud, Names, Existing> = {
  name: "existing names",
  needs: (plan) => {
    const entries = LOOKUPS.map(({ type, argument, isReplaced }) => {
      const created = plan.created(type).filter((resource) => isReplaced?.(resource) !== true);
      const names = created.map((resource) => resource.text(argument)).filter((name) => name !== undefined);
      return [type, [...new Set(names)]] as const;
    });
    const needed = entries.filter(([, names]) => names.length > 0);
    return needed.length === 0 ? undefined : Object.fromEntries(needed);
  },
  supply: async (cloud, needs) => {
    const types = LOOKUPS.filter(({ type }) => needs[type] !== undefined).map(async ({ type, find }) => {
      const names = (needs[type] ?? []).map(async (name) => [name, await find(cloud, name)] as const);
      return [type, Object.fromEntries(await Promise.all(names))] as const;
    });
    return Object.fromEntries(await Promise.all(types));
  },
  compare: (needs, supply) =>
    LOOKUPS.flatMap(({ type, label }) =>
      (needs[type] ?? []).flatMap((name) => problemOf(label, name, supply[type]?.[name] ?? "free")),
    ),
};

export const names = anyCheck(nameCheck);

function problemOf(label: string, name: string, existence: Existence): readonly Problem[] {
  const needed = `the name ${name} for a new ${label}`;
  switch (existence) {
    case "free":
      return [];
    case "taken":
      return [{ needed, available: "another account or region has it", fix: "choose another name" }];
    case "exists":
      return [
        {
          needed,
          available: "it exists in the account, and the Terraform state does not contain it",
          fix: "import it (npx groundwork orphans), delete it, or choose another name",
        },
      ];
  }
}
