import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { isToken } from "../core/token";
import { type PartitionFacts, partitionOf } from "./partition";

/** The arguments of an AWS provider that constructs depend on, recognized by their shape: two copies of the bindings may coexist. */
interface Provider extends IConstruct {
  readonly alias?: string;
  readonly regionInput?: string;
  readonly allowedAccountIdsInput?: readonly string[];
  readonly defaultTagsInput?: unknown;
}

/** The settings of a stack's AWS provider. Providers are usually created before the constructs that use them. */
export interface ProviderSettings {
  /** Region; undefined without a provider, or when it is known only at apply. */
  readonly region: string | undefined;
  /** The only account that the provider may change; undefined when it accepts several, or any. */
  readonly account: string | undefined;
  /** Keys of the tags that the provider adds to every resource. */
  readonly defaultTagKeys: readonly string[];
}

/** Reads the settings of the AWS provider without alias in the stack of a construct. */
export function providerSettings(scope: IConstruct): ProviderSettings {
  const provider = defaultProvider(TerraformStack.of(scope));
  const { regionInput: region, allowedAccountIdsInput: accounts = [] } = provider ?? {};
  const [account] = accounts;
  return {
    region: region === undefined || isToken(region) ? undefined : region,
    account: accounts.length === 1 ? account : undefined,
    defaultTagKeys: tagKeys(provider?.defaultTagsInput),
  };
}

/** Providers that were found: a stack has one without an alias, and searching a large stack for every name takes long. */
const found = new WeakMap<TerraformStack, Provider>();

function defaultProvider(stack: TerraformStack): Provider | undefined {
  const known = found.get(stack);
  if (known !== undefined) return known;
  const provider = stack.node
    .findAll()
    .find((element): element is Provider => isAwsProvider(element) && element.alias === undefined);
  if (provider !== undefined) found.set(stack, provider);
  return provider;
}

/** The partition of a construct, by the region of its provider; the commercial partition when that is unknown. */
export function partitionFor(scope: IConstruct): PartitionFacts {
  return partitionOf(providerSettings(scope).region ?? "");
}

function isAwsProvider(element: IConstruct): element is Provider {
  return "terraformResourceType" in element && element.terraformResourceType === "aws" && "regionInput" in element;
}

function tagKeys(defaultTags: unknown): readonly string[] {
  if (!Array.isArray(defaultTags)) return [];
  return defaultTags.flatMap(({ tags }: { readonly tags?: object }) => Object.keys({ ...tags }));
}
