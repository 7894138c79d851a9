import { type SynthesizedStack, synthesizedStacks } from "@groundwork/tooling/terraform/synthesized";
import { readProject } from "../project/project";
import { type KPaasCommand, readHostAddress } from "./arguments";
import { hasInstallHost, outputsOf } from "./outputs";
import type { SshTarget } from "./ssh-config";

/** How the machines of a stack's cluster are reached, and the domain of its portal. */
export interface ClusterLocation {
  readonly target: SshTarget;
  readonly domain: string | undefined;
  /** Whether the stack is in the local cloud, which runs no machines. */
  readonly isLocal: boolean;
}

/** Determines addresses from the command's options, and otherwise from the stack's outputs. */
export async function locateCluster(
  command: Pick<KPaasCommand, "stack" | "bastion" | "installHost" | "identity">,
  output = readProject().output,
): Promise<ClusterLocation> {
  const { stack: id, identity } = command;
  const stacks = synthesizedStacks(output);
  const stack = findStack(id, stacks);
  const isGiven = command.bastion !== undefined && command.installHost !== undefined;
  const outputs = isGiven ? new Map<string, string>() : await outputsOf(stack);
  const outputAddress = (name: string) => readHostAddress(`the output ${name} of ${id}`, outputs.get(name));
  const installHost = command.installHost ?? outputAddress("installHost");
  const bastion = command.bastion ?? outputAddress("bastion") ?? command.installHost;
  if (installHost === undefined || bastion === undefined)
    throw new Error(
      hasInstallHost(stack)
        ? `the state of ${id} contains no deployment: npx cdktf deploy '${id}', or specify --bastion <address> --install-host <address>`
        : `${id} has no K-PaaS cluster; ${clusterStacks(stacks)}`,
    );
  return { target: { bastion, installHost, identity }, domain: outputs.get("domain"), isLocal: stack.isLocal };
}

function findStack(id: string, stacks: readonly SynthesizedStack[]): SynthesizedStack {
  const found = stacks.find((stack) => stack.id === id);
  if (found === undefined) throw new Error(`no stack "${id}"; ${clusterStacks(stacks)}`);
  return found;
}

function clusterStacks(stacks: readonly SynthesizedStack[]): string {
  const known = stacks.filter(hasInstallHost);
  return `stacks with a K-PaaS cluster: ${known.map(({ id }) => id).join(", ") || "none"}`;
}
