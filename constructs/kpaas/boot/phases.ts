import { Files } from "../../boot/parts/files";
import type { BootPart } from "../../boot/parts/part";
import { Steps } from "../../boot/parts/steps";
import { programText } from "../../boot/program-text";
import type { ProgramNames } from "../../boot/programs.generated";
import type { Duration } from "../../core/duration";

/** Directory of the programs of this area on a machine. */
export const PROGRAMS = "/usr/local/lib/kpaas";

/** One phase of the install host's first boot. */
export interface PhaseProps {
  readonly name: string;
  /** Path below `constructs/kpaas/programs`. */
  readonly script: ProgramNames["kpaas"];
  /** Time after which the phase fails. */
  readonly deadline: Duration;
}

/** A phase as parts of a first boot: its script, and the step that runs it with its deadline. */
export function phase({ name, script, deadline }: PhaseProps): readonly BootPart[] {
  return [
    Files.program(`${PROGRAMS}/phases/${name}`, programText("kpaas", script)),
    Steps.run(name, `exec ${PROGRAMS}/phase ${name} ${deadline.toSeconds()}`),
  ];
}
