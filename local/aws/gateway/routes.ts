import { RejectedRequest } from "../../http/rejected-request";
import type { Call } from "./call";

/** The two emulators behind the gateway. `docs/decisions/` lists the errors of each. */
export type Emulator = "moto" | "ministack";

/** A service of the local cloud. */
interface Service {
  /** @default - none: a rule of the gateway responds to every call */
  readonly emulator?: Emulator;
  /** The `X-Amz-Target` header of the JSON protocol, without the operation. @default - another protocol: the header is rejected */
  readonly target?: string;
  /** First segments of the paths of a REST protocol; none if all operations are requests to `/`. @default - any path */
  readonly paths?: readonly string[];
}

/**
 * The services, by the name in the signature's scope. The targets and paths are those of the service models in botocore.
 *
 * MiniStack prefers the target to the signature, and serves paths of other services and of its own API: each is limited to its paths.
 */
const SERVICES: Readonly<Record<string, Service>> = {
  acm: { emulator: "moto", target: "CertificateManager" },
  autoscaling: { emulator: "moto" },
  codebuild: { target: "CodeBuild_20161006" },
  ec2: { emulator: "moto" },
  ecr: { emulator: "moto", target: "AmazonEC2ContainerRegistry_V20150921" },
  elasticfilesystem: { emulator: "moto", paths: ["2015-02-01"] },
  elasticloadbalancing: { emulator: "moto" },
  iam: { emulator: "moto" },
  kms: { emulator: "moto", target: "TrentService" },
  logs: { emulator: "moto", target: "Logs_20140328" },
  monitoring: { emulator: "moto", target: "GraniteServiceVersion20100801" },
  s3: { emulator: "moto" },
  s3control: { emulator: "moto" },
  scheduler: { emulator: "moto" },
  secretsmanager: { emulator: "moto", target: "secretsmanager" },
  sns: { emulator: "moto" },
  ssm: { emulator: "moto", target: "AmazonSSM" },
  sts: { emulator: "moto" },
  tagging: { emulator: "moto", target: "ResourceGroupsTaggingAPI_20170126" },
  // moto: has no access entries and add-ons; every plan replaces the cluster.
  eks: { emulator: "ministack", paths: ["access-policies", "addons", "cluster-versions", "clusters", "tags"] },
  // moto: has no functions and policies; the distribution loses its origin access control.
  cloudfront: { emulator: "ministack", paths: ["2020-05-31"] },
  // moto: returns an empty `vpc` for a private zone.
  route53: { emulator: "ministack", paths: ["2013-04-01"] },
  // moto: loses the tags, cannot create a selection.
  backup: {
    emulator: "ministack",
    paths: [
      ...[
        "account-settings",
        "audit",
        "backup",
        "backup-jobs",
        "backup-vaults",
        "copy-jobs",
        "global-settings",
        "indexes",
      ],
      ...[
        "legal-holds",
        "logically-air-gapped-backup-vaults",
        "resources",
        "restore-access-backup-vaults",
        "restore-jobs",
      ],
      ...["restore-testing", "scan", "supported-resource-types", "tags", "tiering-configurations", "untag"],
    ],
  },
  // moto: cannot describe subscribers.
  budgets: { emulator: "ministack", target: "AWSBudgetServiceGateway", paths: [] },
};

/** Services of which some calls go to MiniStack, see {@link emulatorFor}. */
const SHARED = ["ec2"];

/** The services that an emulator needs to serve. */
export function servicesOf(emulator: Emulator): readonly string[] {
  const own = Object.entries(SERVICES).filter(([, service]) => service.emulator === emulator);
  return [...own.map(([name]) => name), ...(emulator === "ministack" ? SHARED : [])];
}

/**
 * The emulator for a call; `undefined` for a service that the local cloud does not have.
 *
 * Unsigned requests come from browsers and health probes. Only S3 accepts them, which is emulated by moto.
 */
export function emulatorFor(call: Call): Emulator | undefined {
  if (call.service === "") return "moto";
  return isShared(call) ? "ministack" : serviceOf(call)?.emulator;
}

function serviceOf({ service }: Pick<Call, "service">): Service | undefined {
  return Object.hasOwn(SERVICES, service) ? SERVICES[service] : undefined;
}

/** Whether a call belongs to MiniStack although moto emulates its service. */
function isShared(call: Call): boolean {
  return call.service === "ec2" && call.action.includes("PlacementGroup");
}

/** Rejects a call without a signature, except those of S3: objects are read, and uploaded with a form that contains a signed policy. */
export function requireSignature({ service, method, headers }: Call): void {
  const isUpload = method === "POST" && /^multipart\/form-data\b/.test(headers["content-type"] ?? "");
  if (service === "" && method !== "GET" && method !== "HEAD" && !isUpload)
    throw new RejectedRequest(403, `${method} without a signature is rejected; sign it with the keys test and test`);
}

/** Rejects a call whose path is not one of the service that the call is signed for. */
export function requireOwnPath(call: Call): void {
  const paths = isShared(call) ? [] : serviceOf(call)?.paths;
  if (paths === undefined) return;
  const [, first = ""] = call.path.split("/");
  if (paths.length === 0 ? call.path !== "/" : !paths.includes(first))
    throw new RejectedRequest(400, `${call.service} has no ${call.path}`);
}

/** Rejects a call whose `X-Amz-Target` header is not one of the service that the call is signed for. */
export function requireOwnTarget({ service, headers }: Pick<Call, "service" | "headers">): void {
  const target = headers["x-amz-target"];
  const known = serviceOf({ service });
  // The gateway rejects calls of unknown services.
  if (target === undefined || (known === undefined && service !== "")) return;
  const [, prefix] = /^(\w+)\.\w+$/.exec(String(target)) ?? [];
  if (prefix === undefined || prefix !== known?.target)
    throw new RejectedRequest(400, `X-Amz-Target ${String(target)} is not an operation of ${service || "S3"}`);
}
