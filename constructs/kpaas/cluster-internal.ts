import { Cidr } from "../core/cidr";

/** Services (10.233.0.0/18) and pods (10.233.64.0/18). Written into the installer. */
export const CLUSTER_INTERNAL = Cidr.parse("10.233.0.0/17");
