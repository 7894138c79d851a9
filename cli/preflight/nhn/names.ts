import { anyCheck, type Check } from "../check";
import type { OpenStackSession } from "../openstack/session";
import { createdObjects, nameOf } from "./rest-objects";

/** Collections of the VPC API whose objects have names. */
const COLLECTIONS: Readonly<Record<string, string>> = {
  vpcs: "VPC",
  internetgateways: "internet gateway",
  natgateways: "NAT gateway",
  acls: "network ACL",
};

/** Names by collection. */
type Names = Readonly<Record<string, readonly string[]>>;

/** Whether objects of the VPC API with the names of created ones exist. */
export const vpcNameCheck: Check<OpenStackSession, Names, Names> = {
  name: "existing names in the VPC API",
  needs: (plan) => {
    const entries = Object.keys(COLLECTIONS).map((collection) => {
      const names = createdObjects(plan, collection).map(nameOf);
      return [collection, names.filter((name) => name !== undefined)] as const;
    });
    const needed = entries.filter(([, names]) => names.length > 0);
    return needed.length === 0 ? undefined : Object.fromEntries(needed);
  },
  supply: async (cloud, needs) => {
    const lists = Object.keys(needs).map(async (collection) => {
      const objects = await cloud.list<{ readonly name?: string }>("network", `/${collection}`, collection);
      return [collection, objects.map(({ name }) => name ?? "")] as const;
    });
    return Object.fromEntries(await Promise.all(lists));
  },
  compare: (needs, supply) =>
    Object.entries(needs).flatMap(([collection, names]) =>
      names
        .filter((name) => supply[collection]?.includes(name))
        .map((name) => ({
          needed: `${COLLECTIONS[collection] ?? collection} ${name}`,
          available: "it exists, and the Terraform state does not contain it",
          fix: "delete it in the console, or deploy with the state that created it; otherwise it is created a second time",
        })),
    ),
};

export const vpcNames = anyCheck(vpcNameCheck);
