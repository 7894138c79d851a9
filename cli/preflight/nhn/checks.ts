import { anyCheck, type AnyCheck, type Check } from "../check";
import { addresses } from "../openstack/addresses";
import { flavors } from "../openstack/flavors";
import { images } from "../openstack/images";
import { names } from "../openstack/names";
import { networks } from "../openstack/networks";
import type { OpenStackSession } from "../openstack/session";
import { volumeTypes } from "../openstack/volume-types";
import { zones } from "../openstack/zones";
import { vpcNames } from "./names";
import { type RaisedQuotas, vpcQuotas } from "./vpc-quotas";

/** Reports what cannot be compared: no API of NHN Cloud returns these quotas. */
const unknownQuotas: Check<OpenStackSession, true, never> = {
  name: "quotas of machines, volumes, floating IPs, security groups and load balancers",
  needs: (plan) => (plan.createdTypes.some((type) => type.startsWith("openstack_")) ? true : undefined),
  supply: () => Promise.reject(new Error("no API of NHN Cloud returns them; the console shows them")),
  compare: () => [],
};

/** The checks of NHN Cloud, in the order of the report. */
export function nhnChecks(raised: RaisedQuotas): readonly AnyCheck<OpenStackSession>[] {
  return [
    vpcQuotas(raised),
    anyCheck(unknownQuotas),
    flavors,
    images,
    volumeTypes,
    zones,
    networks,
    names,
    vpcNames,
    addresses,
  ];
}
