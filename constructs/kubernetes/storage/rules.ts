import { Rule } from "../../core/violation";

export const KUB032 = new Rule(
  "KUB032",
  "a storage class on EBS or EFS has the CSI driver of its service, and the add-on of the driver has a role of its own",
  "otherwise claims stay pending: nothing provisions their volumes, or the driver may not",
);
export const KUB033 = new Rule(
  "KUB033",
  "the numbers of a volume type are within the limits of its service",
  "the driver reports others only when a claim is created, as an event of the claim",
);
export const KUB034 = new Rule(
  "KUB034",
  "volumes are created in zones with nodes",
  "a pod runs only in the zone of its volume on EBS; without nodes there it stays pending",
);
export const KUB035 = new Rule(
  "KUB035",
  "a claim on EBS has an access mode of one node and at most 64 TiB",
  "the driver provisions no other volume, and the claim stays pending",
);
