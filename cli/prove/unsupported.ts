import { awsRequirement } from "@groundwork/local/aws/resource-types";
import { providerSchema } from "@groundwork/local/kubernetes/provider/schema";
import { type SynthesizedStack, blocksOf } from "@groundwork/tooling/terraform/synthesized";
import { objectOf } from "@groundwork/tooling/objects";
import { type Config, declared, type Declared, described } from "./declared";
import { localNameOf, type Provider, providerOf } from "./providers";
import { isNhnAddress } from "./redirect/openstack";
import { remoteStates } from "./remote-states";

/** Names of variables that have a value. */
export type Values = ReadonlySet<string>;

/** What the local cloud cannot run in a stack, each as `address: reason`; empty if it can run all of it. */
export function unsupported(
  stack: SynthesizedStack,
  all: readonly SynthesizedStack[],
  values: Values,
): readonly string[] {
  const { json } = stack;
  return [
    ...declared(json)
      .filter(isCertain)
      .flatMap((one) => problemsOf(one, json).map((problem) => `${described(one)}: ${problem}`)),
    ...remoteStates(stack, all)
      .filter((state) => state.stack === undefined)
      .map((state) => `${described(state)}: it reads the state of a stack that is not in this app`),
    ...Object.entries(objectOf(json["variable"]))
      .filter(([name, block]) => !("default" in objectOf(block)) && !values.has(name))
      .map(([name]) => `var.${name}: it has no value; set TF_VAR_${name}, or add --var ${name}=<value>`),
  ];
}

/** Why a type of a plan, which may come from a module, cannot be run; undefined if it can. */
export function unsupportedType(type: string, config: Config): string | undefined {
  const provider = providerOf(config, localNameOf(type, undefined));
  return provider === "restapi" ? undefined : typeProblem(provider, type, "resource");
}

/** Whether the block is certainly created. The number of others is known in the plan, in which they are checked. */
function isCertain({ block: { count, for_each: each } }: Declared): boolean {
  return each === undefined && (count === undefined || (typeof count === "number" && count > 0));
}

function problemsOf({ kind, type, block }: Declared, config: Config): readonly string[] {
  if (type === "terraform_remote_state") return [];
  const name = localNameOf(type, block["provider"]);
  const provider = providerOf(config, name);
  const problem = provider === "restapi" ? restProblem(config, name) : typeProblem(provider, type, kind);
  return [...(problem === undefined ? [] : [problem]), ...provisionerProblems(block)];
}

function typeProblem(provider: Provider, type: string, kind: Declared["kind"]): string | undefined {
  switch (provider) {
    case "aws":
      return awsRequirement(type).problem;
    case "kubernetes":
    case "helm":
      return standInProblem(provider, type, kind);
    case "openstack":
      return OPENSTACK.test(type) ? undefined : "the local OpenStack does not have this service";
    case "unsupported":
      return `the local cloud does not have the provider ${type.split("_")[0] ?? type}`;
    default:
      return undefined;
  }
}

function standInProblem(provider: "kubernetes" | "helm", type: string, kind: Declared["kind"]): string | undefined {
  if (kind === "resource" && Object.hasOwn(providerSchema(provider).resources, type)) return undefined;
  return `the local Kubernetes does not have the ${kind === "resource" ? "resource type" : "data source"} ${type}`;
}

/** Services of the emulator: Nova, Neutron with firewalls, Cinder, Glance, Octavia. */
const OPENSTACK = /^openstack_(blockstorage|compute|fw|images|lb|networking)_/;

/** The REST provider can call any API; the local cloud has one of them. */
function restProblem(config: Config, name: string): string | undefined {
  const others = blocksOf(objectOf(config["provider"])[name])
    .map(({ uri }) => uri)
    .filter((uri) => !isLocalAddress(uri) && !(typeof uri === "string" && isNhnAddress(uri)));
  return others.length === 0
    ? undefined
    : `the local cloud has the network API of NHN Cloud, not ${others.map(String).join(", ")}`;
}

/** The address is in a variable that `groundwork local` sets. */
function isLocalAddress(uri: unknown): boolean {
  return typeof uri === "string" && uri.includes("${var.local_");
}

function provisionerProblems({ provisioner }: Declared["block"]): readonly string[] {
  const names = blocksOf(provisioner).flatMap((block) => Object.keys(block));
  return names
    .filter((name) => name === "remote-exec" || name === "file")
    .map((name) => `its provisioner ${name} connects to a machine, and no machine runs in the local cloud`);
}
