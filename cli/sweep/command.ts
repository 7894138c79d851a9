import { statesOf } from "../orphans/orphans";
import { KnownObjects } from "../orphans/state";
import { ensurePython } from "@groundwork/tooling/python";
import type { Whereabouts } from "../deployed-environment";
import { reach } from "../deployed-environment";
import { awsCommandLine } from "./aws";
import { report } from "./report";
import type { Stray } from "./leftovers";
import { deleteStrays, groundOf, straysOn } from "./sweep";

/** Which environment, and whether anything is done. */
export interface SweepCommand extends Whereabouts {
  /** Without it nothing is deleted: what would be is printed. */
  readonly delete: boolean;
}

/** What `npm run sweep` does: looks, says what it found, and deletes it when asked to. */
export async function sweepCommand(command: SweepCommand, say: (text: string) => void): Promise<readonly Stray[]> {
  const { environment } = command;
  const { stacks, endpoint, env, pullState } = await reach(command);
  const known = KnownObjects.of(await statesOf(stacks, pullState));
  const ground = groundOf(environment, stacks, known);
  if (endpoint !== undefined) await ensurePython(say);
  const aws = awsCommandLine({ region: ground.stack.region, env, endpoint });
  const strays = await straysOn(ground, aws, known);
  if (!command.delete) say(report(environment, ground, strays));
  else {
    const [first] = ground.alive;
    if (first !== undefined)
      throw new Error(
        `${ground.alive.join(", ")} still stand: destroy them first, or their programs make it all again`,
      );
    await deleteStrays(strays, aws, say);
    say(`deleted ${strays.length} things that programs of ${ground.clusterName} have left behind`);
  }
  return strays;
}
