import { gunzipSync } from "node:zlib";
import { parse } from "yaml";
import { CONTROL } from "@groundwork/local/openstack/control";
import type { OpenStackConnection } from "@groundwork/local/openstack/connection";

/** A machine and its first-boot document. */
export interface BootingMachine {
  readonly name: string;
  /** The cloud-config. */
  readonly text: string;
}

/** A step of a first boot. */
export interface BootStep {
  readonly name: string;
  /** First sentence of the comment at the beginning of its script. */
  readonly description: string;
  /** Timeout in minutes; undefined without one. */
  readonly minutes: number | undefined;
}

const STEPS = "/usr/local/lib/groundwork/first-boot.d/";
const PHASES = "/usr/local/lib/kpaas/phases/";

interface WrittenFile {
  readonly path: string;
  readonly content: string;
  readonly encoding?: string;
}

/** The first-boot documents that a cloud of the emulator provides to its machines. */
export async function bootingMachines(
  { endpoint }: OpenStackConnection,
  cloud: string,
): Promise<readonly BootingMachine[]> {
  const response = await fetch(`${endpoint}${CONTROL.userData}`);
  const { machines } = (await response.json()) as {
    readonly machines: readonly { readonly cloud: string; readonly name: string; readonly user_data: string }[];
  };
  return machines
    .filter((machine) => machine.cloud === cloud)
    .map(({ name, user_data }) => ({ name, text: Buffer.from(user_data, "base64").toString() }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** The steps of a first-boot document, in order. */
export function bootSteps(text: string): readonly BootStep[] {
  const { write_files: files = [] } = parse(text) as { readonly write_files?: readonly WrittenFile[] };
  const scripts = new Map(files.map((file) => [file.path, contentOf(file)]));
  return [...scripts]
    .filter(([path]) => path.startsWith(STEPS))
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([path, script]) => {
      const [, phase = "", seconds] = /\/phase (\S+) (\d+)$/m.exec(script) ?? [];
      return {
        name: path.slice(STEPS.length).replace(/^\d+-/, ""),
        description: firstSentence(scripts.get(`${PHASES}${phase}`) ?? script),
        minutes: seconds === undefined ? undefined : Math.round(Number(seconds) / 60),
      };
    });
}

/** The steps of all machines as lines; machines with the same steps are grouped. */
export function firstBootLines(machines: readonly BootingMachine[]): readonly string[] {
  const namesOf = new Map<string, string[]>();
  for (const { name, text } of machines) {
    const lines = bootSteps(text).map(stepLine).join("\n");
    namesOf.set(lines, [...(namesOf.get(lines) ?? []), name]);
  }
  return [...namesOf].flatMap(([lines, names]) => [names.join(", "), ...lines.split("\n")]);
}

function stepLine({ name, description, minutes }: BootStep, index: number): string {
  const limit = minutes === undefined ? "" : ` (timeout ${minutes} min)`;
  return `  ${String(index + 1).padStart(2)} ${name.padEnd(18)} ${description}${limit}`;
}

function contentOf({ content, encoding }: WrittenFile): string {
  if (encoding === undefined) return content;
  return gunzipSync(Buffer.from(content, "base64")).toString();
}

/** First sentence of the comment after a script's first line. */
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
