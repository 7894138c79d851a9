import type { Call } from "./call";

/** The two emulators behind the gateway. `docs/decisions/` lists the errors of each. */
export type Emulator = "moto" | "ministack";

/** The emulator of each service, by the name in the signature's scope. */
const EMULATOR_OF: Readonly<Record<string, Emulator>> = {
  acm: "moto",
  autoscaling: "moto",
  ec2: "moto",
  ecr: "moto",
  elasticloadbalancing: "moto",
  iam: "moto",
  kms: "moto",
  logs: "moto",
  monitoring: "moto",
  s3: "moto",
  s3control: "moto",
  scheduler: "moto",
  secretsmanager: "moto",
  sns: "moto",
  ssm: "moto",
  sts: "moto",
  tagging: "moto",
  // moto: has no access entries and add-ons; every plan replaces the cluster.
  eks: "ministack",
  // moto: has no functions and policies; the distribution loses its origin access control.
  cloudfront: "ministack",
  // moto: returns an empty `vpc` for a private zone.
  route53: "ministack",
  // moto: loses the tags, cannot create a selection.
  backup: "ministack",
  // moto: cannot describe subscribers.
  budgets: "ministack",
};

/**
 * The emulator for a call; `undefined` for a service that the local cloud does not have.
 *
 * Unsigned requests come from browsers and health probes. Only S3 accepts them, which is emulated by moto.
 */
export function emulatorFor(call: Call): Emulator | undefined {
  if (call.service === "") return "moto";
  if (call.service === "ec2" && call.action.includes("PlacementGroup")) return "ministack";
  if (call.service === "autoscaling" && concernsNodeGroup(call)) return "ministack";
  return EMULATOR_OF[call.service];
}

/**
 * Whether a call tags the Auto Scaling group of a managed node group. The group exists only in MiniStack, and there only as
 * a name: moto returns 500 for it, MiniStack does not check.
 */
function concernsNodeGroup(call: Call): boolean {
  if (!call.action.endsWith("Tags")) return false;
  return [...call.form].some(
    ([key, value]) => /ResourceId$|Filters\.member\.\d+\.Values/.test(key) && value.startsWith("eks-"),
  );
}
