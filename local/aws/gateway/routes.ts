import type { Call } from "./call";

/** The two emulators behind the gateway. Neither is right alone: `docs/decisions/` says where each fails. */
export type Emulator = "moto" | "ministack";

/** Which emulator answers for a service, by the name in the signature's scope. */
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
  // moto: no access entries and add-ons, replaces the cluster on every plan.
  eks: "ministack",
  // moto: no functions and policies, the distribution loses its origin access control.
  cloudfront: "ministack",
  // moto: reads a private zone's `vpc` back as empty.
  route53: "ministack",
  // moto: loses the tags, cannot make a selection.
  backup: "ministack",
  // moto: cannot describe subscribers.
  budgets: "ministack",
};

/**
 * The emulator that answers a call; nothing for a service the local cloud does not have.
 *
 * A request that nobody signed is a browser's or a health probe's. Only S3 answers those, hence moto.
 */
export function emulatorFor(call: Call): Emulator | undefined {
  if (call.service === "") return "moto";
  if (call.service === "ec2" && call.action.includes("PlacementGroup")) return "ministack";
  if (call.service === "autoscaling" && concernsNodeGroup(call)) return "ministack";
  return EMULATOR_OF[call.service];
}

/**
 * Whether a call tags a managed node group's scaling group. Such a group exists in the emulator of EKS only, and there
 * only as a name: moto answers 500 for it, MiniStack does not ask.
 */
function concernsNodeGroup(call: Call): boolean {
  if (!call.action.endsWith("Tags")) return false;
  return [...call.form].some(
    ([key, value]) => /ResourceId$|Filters\.member\.\d+\.Values/.test(key) && value.startsWith("eks-"),
  );
}
