import { Files } from "../../boot/files";
import type { BootPart } from "../../boot/part";
import { Steps } from "../../boot/steps";
import { programText } from "../../boot/program-text";
import type { Duration } from "../../core/duration";

/** Where this room's programs are on a machine. */
export const PROGRAMS = "/usr/local/lib/kpaas";

/** One phase of the install host's first boot. */
export interface PhaseProps {
  readonly name: string;
  /** File in the room's templates. */
  readonly script: string;
  /** What it may take. Beyond it the phase has failed. */
  readonly deadline: Duration;
}

/** A phase as a part of a first boot: its script, and the step that runs it under its deadline. */
export function phase({ name, script, deadline }: PhaseProps): readonly BootPart[] {
  return [
    Files.program(`${PROGRAMS}/phases/${name}`, programText("kpaas", script)),
    Steps.run(name, `exec ${PROGRAMS}/phase ${name} ${deadline.toSeconds()}`),
  ];
}
