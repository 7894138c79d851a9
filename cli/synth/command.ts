import { projectWith } from "../project/synthesized-project";
import { selectStacks } from "../project/stack-selection";
import { interruptible } from "../program/interruptible";
import { type Io, logOf, printJson } from "../program/io";
import { addressPlanData, addressPlanText } from "./address-plan/address-plan";
import { readNetworks } from "./address-plan/read-networks";
import { synthesize } from "./synthesize";

/** Options of `groundwork synth`. */
export interface SynthOptions {
  readonly output?: string;
  readonly environment?: string;
  readonly json?: boolean;
}

/** Runs `groundwork synth`: runs the app of the project, and prints the address plan of every network. Returns the exit code. */
export function synthCommand(patterns: readonly string[], options: SynthOptions, io: Io): Promise<number> {
  const { environment } = options;
  const log = logOf(io, options);
  return interruptible(io, "interrupted", async (abort) => {
    const project = projectWith(options);
    const selection = { patterns, environment };
    const stacks = selectStacks(await synthesize({ project, selection, log, abort }), selection);
    const networks = stacks.flatMap(readNetworks);
    if (options.json === true)
      printJson(io, {
        output: project.output,
        stacks: stacks.map(({ id, directory, dependencies }) => ({ id, directory, dependencies })),
        networks: addressPlanData(networks),
      });
    else {
      if (networks.length > 0) io.out([...addressPlanText(networks), ""]);
      io.out(`synthesized ${stacks.length} ${stacks.length === 1 ? "stack" : "stacks"} into ${project.output}`);
    }
    return 0;
  });
}
