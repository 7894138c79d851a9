import type { Generator } from "../program";
import { AWS } from "./aws";
import { COMPUTE } from "./compute";
import { EKS } from "./eks";
import { KUBERNETES } from "./kubernetes";
import { NHN } from "./nhn";
import { OPENSTACK } from "./openstack";
import { PLATFORMS } from "./platforms";
import { PODS } from "./pods";

/** A generator for each construct that the public sub-paths export, by area and class. */
export const GENERATORS: Readonly<Record<string, Generator>> = {
  ...AWS,
  ...COMPUTE,
  ...EKS,
  ...KUBERNETES,
  ...PODS,
  ...OPENSTACK,
  ...NHN,
  ...PLATFORMS,
};
