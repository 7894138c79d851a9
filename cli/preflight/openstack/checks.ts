import type { AnyCheck } from "../check";
import { addresses } from "./addresses";
import { computeQuotas } from "./compute-quotas";
import { flavors } from "./flavors";
import { images } from "./images";
import { balancerQuotas, roles } from "./load-balancers";
import { names } from "./names";
import { networkQuotas } from "./network-quotas";
import { networks } from "./networks";
import type { OpenStackSession } from "./session";
import { volumeQuotas } from "./volume-quotas";
import { volumeTypes } from "./volume-types";
import { zones } from "./zones";

/** The checks of a standard OpenStack cloud, in the order of the report. */
export const OPENSTACK_CHECKS: readonly AnyCheck<OpenStackSession>[] = [
  computeQuotas,
  volumeQuotas,
  networkQuotas,
  roles,
  balancerQuotas,
  flavors,
  images,
  volumeTypes,
  zones,
  networks,
  names,
  addresses,
];
