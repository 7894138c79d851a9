import type { AnyCheck } from "../check";
import { certificates } from "./certificates";
import type { AwsCloud } from "./cloud";
import { images } from "./images";
import { instanceTypes } from "./instance-types";
import { machineImages } from "./machine-images";
import { names } from "./names";
import { natQuota, networkQuotas } from "./network-quotas";
import { permissions } from "./permissions";
import { ruleQuotas } from "./rule-quotas";
import { vcpuQuotas } from "./vcpu-quotas";
import { zones } from "./zones";

/** The checks of AWS, in the order of the report. */
export const AWS_CHECKS: readonly AnyCheck<AwsCloud>[] = [
  vcpuQuotas,
  networkQuotas,
  natQuota,
  ruleQuotas,
  zones,
  instanceTypes,
  machineImages,
  images,
  certificates,
  names,
  permissions,
];
