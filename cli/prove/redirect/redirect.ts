import { type Block, type SynthesizedStack, blocksOf } from "@groundwork/tooling/terraform/synthesized";
import { objectOf } from "@groundwork/tooling/objects";
import { type Config, declared } from "../declared";
import { localNameOf, type Provider, providerOf } from "../providers";
import { remoteStates } from "../remote-states";
import { localAwsProvider } from "./aws";
import { localHelmProvider, localKubernetesProvider } from "./kubernetes";
import { localOpenstackProvider, localRestProvider, usesOpenstack, withLocalOpenstack } from "./openstack";

/** The other stacks, and where states are. */
export interface RedirectProps {
  readonly all: readonly SynthesizedStack[];
  /** Path of the state of a stack. */
  readonly stateFile: (id: string) => string;
}

const PROVIDERS: Readonly<Record<Provider, (block: Block) => Block>> = {
  aws: localAwsProvider,
  kubernetes: localKubernetesProvider,
  helm: localHelmProvider,
  openstack: localOpenstackProvider,
  restapi: localRestProvider,
  none: (block) => block,
  unsupported: (block) => block,
};

/** Variables with the addresses and credentials of the local cloud, which `terraformEnvironment` sets. */
export const LOCAL_VARIABLES: Readonly<Record<string, Block>> = {
  local_endpoint: { type: "string" },
  local_openstack_endpoint: { type: "string", default: "" },
  local_kubernetes_host: { type: "string", default: "" },
  local_kubernetes_ca: { type: "string", default: "" },
  local_kubernetes_token: { type: "string", default: "", sensitive: true },
  nhn_token: { type: "string", default: "", sensitive: true },
};

/**
 * A stack that deploys the same resources to the local cloud.
 *
 * Providers connect to the local cloud, states are files of the run, and nothing prevents the deletion that the proof ends with.
 */
export function redirected(stack: SynthesizedStack, props: RedirectProps): Config {
  const config = usesOpenstack(stack.json) ? withLocalOpenstack(stack.json) : stack.json;
  // Objects that the stack would import do not exist in an empty cloud: it creates them.
  const { import: _imports, ...kept } = config;
  return {
    ...kept,
    terraform: withLocalState(config["terraform"], props.stateFile(stack.id)),
    variable: { ...LOCAL_VARIABLES, ...objectOf(config["variable"]) },
    provider: providersOf(config),
    ...("resource" in config ? { resource: withoutPreventDestroy(config["resource"]) } : {}),
    ...("data" in config ? { data: withLocalStates(stack, config["data"], props) } : {}),
  };
}

function withLocalState(terraform: unknown, path: string): Block {
  const { backend: _backend, cloud: _cloud, ...kept } = objectOf(terraform);
  return { ...kept, backend: { local: { path } } };
}

/** The providers of the stack, and those that it uses without a configuration. */
function providersOf(config: Config): Block {
  const configured = objectOf(config["provider"]);
  const used = declared(config)
    .filter(({ block }) => block["provider"] === undefined)
    .map(({ type }) => localNameOf(type, undefined));
  const names = new Set([...Object.keys(configured), ...used.filter((name) => providerOf(config, name) !== "none")]);
  return Object.fromEntries(
    [...names].map((name) => {
      const blocks = blocksOf(configured[name]);
      const hasDefault = !used.includes(name) || blocks.some(({ alias }) => alias === undefined);
      return [name, [...blocks, ...(hasDefault ? [] : [{}])].map(PROVIDERS[providerOf(config, name)])];
    }),
  );
}

function withoutPreventDestroy(resources: unknown): Block {
  return mapBlocks(resources, (block) => {
    const lifecycle = blocksOf(block["lifecycle"]).map(({ prevent_destroy: _, ...kept }) => kept);
    return lifecycle.length === 0 ? block : { ...block, lifecycle: lifecycle.length === 1 ? lifecycle[0] : lifecycle };
  });
}

function withLocalStates(stack: SynthesizedStack, data: unknown, { all, stateFile }: RedirectProps): Block {
  const states = new Map(remoteStates(stack, all).map(({ address, stack: id }) => [address, id]));
  const { terraform_remote_state: readers, ...others } = objectOf(data);
  if (readers === undefined) return others;
  const local = Object.entries(objectOf(readers)).map(([name, block]) => {
    const id = states.get(`data.terraform_remote_state.${name}`);
    const { workspace: _, ...kept } = objectOf(block);
    return [name, id === undefined ? block : { ...kept, backend: "local", config: { path: stateFile(id) } }];
  });
  return { ...others, terraform_remote_state: Object.fromEntries(local) as unknown };
}

/** All blocks of all types, changed. */
export function mapBlocks(kinds: unknown, change: (block: Block, type: string) => Block): Block {
  return Object.fromEntries(
    Object.entries(objectOf(kinds)).map(([type, blocks]) => [
      type,
      Object.fromEntries(
        Object.entries(objectOf(blocks)).map(([name, block]) => [name, change(objectOf(block), type)]),
      ),
    ]),
  );
}
