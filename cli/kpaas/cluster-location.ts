import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "@groundwork/tooling/paths";
import { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { type KPaasCommand, readHostAddress } from "./arguments";
import { hasInstallHost, outputsOf } from "./outputs";
import type { SshTarget } from "./ssh-config";

/** How the machines of a stack's cluster are reached, and the domain of its portal. */
export interface ClusterLocation {
  readonly target: SshTarget;
  readonly domain: string | undefined;
}

/** Determines addresses from the command's options, and otherwise from the stack's outputs. */
export async function locateCluster(
  command: Pick<KPaasCommand, "stack" | "bastion" | "installHost" | "identity">,
  output = join(ROOT, "cdktf.out"),
): Promise<ClusterLocation> {
  const { stack: id, identity } = command;
  const stack = findStack(id, join(output, "stacks"));
  const isGiven = command.bastion !== undefined && command.installHost !== undefined;
  const outputs = isGiven ? new Map<string, string>() : await outputsOf(stack);
  const outputAddress = (name: string) => readHostAddress(`the output ${name} of ${id}`, outputs.get(name));
  const installHost = command.installHost ?? outputAddress("installHost");
  const bastion = command.bastion ?? outputAddress("bastion") ?? command.installHost;
  if (installHost === undefined || bastion === undefined)
    throw new Error(
      hasInstallHost(stack)
        ? `the state of ${id} contains no deployment: npx cdktf deploy '${id}', or specify --bastion <address> --install-host <address>`
        : `${id} has no K-PaaS cluster; ${clusterStacks(join(output, "stacks"))}`,
    );
  return { target: { bastion, installHost, identity }, domain: outputs.get("domain") };
}

function findStack(id: string, directory: string): SynthesizedStack {
  if (!stackIds(directory).includes(id)) throw new Error(`no stack "${id}"; ${clusterStacks(directory)}`);
  return new SynthesizedStack(id, join(directory, id));
}

function clusterStacks(directory: string): string {
  const known = stackIds(directory)
    .map((id) => new SynthesizedStack(id, join(directory, id)))
    .filter(hasInstallHost);
  return `stacks with a K-PaaS cluster: ${known.map(({ id }) => id).join(", ") || "none"}`;
}

function stackIds(directory: string): readonly string[] {
  return existsSync(directory) ? readdirSync(directory) : [];
}
