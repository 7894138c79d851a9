import { lasted, quoted } from "../gitlab/messages";
import type { Sight } from "./installation-status";

/** How long a span is, as a person says it. */
export function took(ms: number): string {
  return lasted(new Date(0), new Date(ms));
}

/** How far an installation is, as one line. */
export function sightInWords(stack: string, { state, phase, word, ms }: Sight): string {
  const said = word === "" ? "" : `: ${word.replaceAll("<stack>", stack)}`;
  switch (state) {
    case "silent":
      return `${stack}: the first boot has not begun${word === "" ? "" : `; cloud-init: ${word}`}`;
    case "running":
      return `${stack}: ${phase} running for ${took(ms)}${said}`;
    case "failed":
      return `${stack}: ${phase} failed after ${took(ms)}${said}`;
    case "decision":
      return `${stack}: ${phase} needs a decision after ${took(ms)}${said}`;
    case "done":
      return `${stack}: done after ${took(ms)}${said}`;
  }
}

/** Why nothing is left to wait for, what was said last, and how to go on. */
export function stopInWords(stack: string, sight: Sight, lines: readonly string[], goOn: string): string {
  return [
    sightInWords(stack, sight),
    `what ${sight.log} ends with:`,
    quoted(lines),
    `more of it: npm run kpaas -- logs ${stack}`,
    `what is mended goes on where it stopped: ${goOn}`,
  ].join("\n");
}
