import { NETWORK_QUOTAS, type NetworkQuotas } from "@groundwork/constructs/nhn/quotas";
import { anyCheck, type AnyCheck, type Check } from "../check";
import type { OpenStackSession } from "../openstack/session";
import { exceededQuotas, type Quota } from "../quota";
import { createdObjects } from "./rest-objects";

type Kind = keyof NetworkQuotas;

/** Quotas that NHN Cloud has raised for the project. */
export type RaisedQuotas = Readonly<Partial<Record<Kind, number>>>;

/** Collections of the VPC API by kind, with names of the objects. */
const COLLECTIONS: Readonly<Record<Kind, readonly [collection: string, label: string]>> = {
  vpcs: ["vpcs", "VPCs"],
  internetGateways: ["internetgateways", "internet gateways"],
  natGateways: ["natgateways", "NAT gateways"],
  networkAcls: ["acls", "network ACLs"],
  aclRules: ["acl_rules", "rules of network ACLs"],
};

const KINDS = Object.keys(COLLECTIONS) as readonly Kind[];

/** Orders of the rules that the cloud creates in each ACL. Source: NHN Cloud, Network ACL API v2.0. */
const AUTOMATIC_ORDERS = [101, 32_765];

/** An object of the VPC API. */
interface VpcObject {
  readonly "router:external"?: boolean;
  readonly order?: number;
}

/** Number of objects by kind. */
type Counts = Readonly<Partial<Record<Kind, number>>>;

/** The kinds of quotas, for messages. */
export const QUOTA_KINDS: readonly string[] = KINDS;

/** Compares VPCs, gateways, ACLs and their rules with the published quotas: the API contains no others. */
export function vpcQuotaCheck(raised: RaisedQuotas): Check<OpenStackSession, Counts, Counts> {
  return {
    name: "quotas of the VPC API",
    needs: (plan) => {
      const counts = KINDS.map((kind) => [kind, createdObjects(plan, COLLECTIONS[kind][0]).length] as const);
      return counts.every(([, count]) => count === 0) ? undefined : Object.fromEntries(counts);
    },
    supply: async (cloud) => {
      const lists = KINDS.map(async (kind) => {
        const [collection] = COLLECTIONS[kind];
        const objects = await cloud.list<VpcObject>("network", `/${collection}`, collection);
        return [kind, objects.filter(isCounted).length] as const;
      });
      return Object.fromEntries(await Promise.all(lists));
    },
    compare: (needs, supply) =>
      exceededQuotas(
        KINDS.map((kind) => ({
          label: COLLECTIONS[kind][1],
          needed: needs[kind] ?? 0,
          quota: { limit: raised[kind] ?? NETWORK_QUOTAS[kind], used: supply[kind] ?? 0 } satisfies Quota,
          fix: (sufficient) => `request a higher quota in the console, then pass it: --nhn-quota ${kind}=${sufficient}`,
        })),
      ),
  };
}

/** The check with the quotas of the project. */
export function vpcQuotas(raised: RaisedQuotas): AnyCheck<OpenStackSession> {
  return anyCheck(vpcQuotaCheck(raised));
}

/** The external network is in the list of VPCs, the automatic rules are in that of rules; neither counts. */
function isCounted({ "router:external": isExternal, order }: VpcObject): boolean {
  return isExternal !== true && (order === undefined || !AUTOMATIC_ORDERS.includes(order));
}
