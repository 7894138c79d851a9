import { gunzipSync } from "node:zlib";
import { parse } from "yaml";
import { CONTROL } from "@groundwork/local/openstack/server";
import type { LocalOpenStack } from "@groundwork/local/openstack/local-openstack";

/** A machine and the document that it finds when it starts. */
export interface BootingMachine {
  readonly name: string;
  /** The cloud-config. */
  readonly text: string;
}

/** A step of a first boot, in words. */
export interface BootStepWords {
  readonly name: string;
  /** What its script says of itself. */
  readonly does: string;
  /** After how many minutes it is given up; nothing where it has no limit of its own. */
  readonly minutes: number | undefined;
}

const STEPS = "/usr/local/lib/groundwork/first-boot.d/";
const PHASES = "/usr/local/lib/kpaas/phases/";

interface WrittenFile {
  readonly path: string;
  readonly content: string;
  readonly encoding?: string;
}

/** What a cloud gives to its machines at their metadata addresses. */
export async function bootingMachines({ endpoint }: LocalOpenStack, cloud: string): Promise<readonly BootingMachine[]> {
  const answer = await fetch(`${endpoint}${CONTROL.userData}`);
  const { machines } = (await answer.json()) as {
    readonly machines: readonly { readonly cloud: string; readonly name: string; readonly user_data: string }[];
  };
  return machines
    .filter((machine) => machine.cloud === cloud)
    .map(({ name, user_data }) => ({ name, text: Buffer.from(user_data, "base64").toString() }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** What a machine does at its first start, in order. */
export function bootSteps(text: string): readonly BootStepWords[] {
  const { write_files: files = [] } = parse(text) as { readonly write_files?: readonly WrittenFile[] };
  const scripts = new Map(files.map((file) => [file.path, contentOf(file)]));
  return [...scripts]
    .filter(([path]) => path.startsWith(STEPS))
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([path, script]) => {
      const [, phase = "", seconds] = /\/phase (\S+) (\d+)$/m.exec(script) ?? [];
      return {
        name: path.slice(STEPS.length).replace(/^\d+-/, ""),
        does: firstSentence(scripts.get(`${PHASES}${phase}`) ?? script),
        minutes: seconds === undefined ? undefined : Math.round(Number(seconds) / 60),
      };
    });
}

/** First boots as lines: machines that do the same are told of once. */
export function firstBootsInWords(machines: readonly BootingMachine[]): readonly string[] {
  const namesOf = new Map<string, string[]>();
  for (const { name, text } of machines) {
    const lines = bootSteps(text).map(stepInWords).join("\n");
    namesOf.set(lines, [...(namesOf.get(lines) ?? []), name]);
  }
  return [...namesOf].flatMap(([lines, names]) => [names.join(", "), ...lines.split("\n")]);
}

function stepInWords({ name, does, minutes }: BootStepWords, index: number): string {
  const limit = minutes === undefined ? "" : ` (${minutes} min at most)`;
  return `  ${String(index + 1).padStart(2)} ${name.padEnd(18)} ${does}${limit}`;
}

function contentOf({ content, encoding }: WrittenFile): string {
  if (encoding === undefined) return content;
  return gunzipSync(Buffer.from(content, "base64")).toString();
}

/** Of the comment at a script's beginning. */
function firstSentence(script: string): string {
  const [, ...lines] = script.split("\n");
  const comment = lines.slice(
    0,
    Math.max(
      0,
      lines.findIndex((line) => !line.startsWith("#")),
    ),
  );
  const text = comment.map((line) => line.replace(/^# ?/, "")).join(" ");
  return /^.*?[.:;](?= |$)/.exec(text)?.[0].replace(/[.:;]$/, "") ?? text;
}
