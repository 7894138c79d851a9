import type { SynthesizedStack } from "../terraform/synthesized";
import type { CloudObject } from "./cloud-object";
import { KINDS } from "./kinds";
import type { KnownObjects } from "./state";

/** An object to be taken back: the configuration wants it, and nothing else stands in its place. */
export interface Import {
  readonly stack: string;
  /** Address of the resource. */
  readonly to: string;
  /** What Terraform's import calls the object. */
  readonly id: string;
}

/** An object to be deleted: Terraform knows another one in its place, or the configuration has no place for it. */
export interface Removal {
  readonly object: CloudObject;
  readonly commands: readonly string[];
}

/** What to do about everything that was lost. */
export interface Remedies {
  readonly imports: readonly Import[];
  readonly removals: readonly Removal[];
  /** Objects of kinds that this program does not know. */
  readonly unknown: readonly CloudObject[];
}

/** Decides, for each lost object, whether to take it back or to delete it. */
export function remedies(
  lost: readonly CloudObject[],
  stacks: readonly SynthesizedStack[],
  known: KnownObjects,
): Remedies {
  const taken = new Set<string>();
  const imports: Import[] = [];
  const removals: CloudObject[] = [];
  for (const object of lost.filter(({ kind }) => kind in KINDS)) {
    const place = placeOf(object, stacks, (address) => known.has(address) || taken.has(address));
    if (place === undefined) removals.push(object);
    else {
      taken.add(place.to);
      imports.push(place);
    }
  }
  const order = Object.keys(KINDS);
  return {
    imports,
    removals: removals
      .sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind))
      .map((object) => ({ object, commands: commandsFor(object) })),
    unknown: lost.filter(({ kind }) => !(kind in KINDS)),
  };
}

/** The resource that wants the object, if its place is free. */
function placeOf(
  object: CloudObject,
  stacks: readonly SynthesizedStack[],
  occupied: (address: string) => boolean,
): Import | undefined {
  const kind = KINDS[object.kind];
  const stack = stacks.find(({ id }) => id === object.tags["Stack"]);
  if (kind === undefined || stack === undefined) return undefined;
  const place = kind.types
    .flatMap((type) => [...stack.resources(type)])
    .find(
      ([address, block]) =>
        !occupied(address) && nameOf(block, object, kind.idArgument) === nameIn(object, kind.idArgument),
    );
  // A default resource is taken over, never imported: it comes with its network.
  if (place === undefined || place[0].startsWith("aws_default_")) return undefined;
  return { stack: stack.id, to: place[0], id: object.kind === "iam:policy" ? object.arn : object.id };
}

/** The name that the configuration gives, with the account's number in it where it stands for that. */
function nameOf(
  block: Readonly<Record<string, unknown>>,
  object: CloudObject,
  idArgument: string | undefined,
): unknown {
  const name =
    idArgument === undefined ? (block["tags"] as Record<string, string> | undefined)?.["Name"] : block[idArgument];
  return typeof name === "string"
    ? name.replace(/\$\{data\.aws_caller_identity\.[\w-]+\.account_id\}/, object.account)
    : name;
}

/** Without a name nothing is recognized, rather than the first that has none either. */
function nameIn({ id, tags }: CloudObject, idArgument: string | undefined): unknown {
  return idArgument === undefined ? (tags["Name"] ?? Symbol("no name")) : id;
}

function commandsFor(object: CloudObject): readonly string[] {
  const { id, arn, region, parent } = object;
  return (KINDS[object.kind]?.remove ?? [])
    .filter((command) => parent !== undefined || !command.includes("PARENT"))
    .map((command) => {
      const filled = command
        .replace(/\bID\b/g, id)
        .replace(/\bARN\b/g, arn)
        .replace(/\bPARENT\b/g, parent ?? "");
      return `aws ${filled} --region ${region}`;
    });
}

/** Import blocks as Terraform reads them. */
export function importBlocks(imports: readonly Import[]): string {
  return imports.map(({ to, id }) => `import {\n  to = ${to}\n  id = ${JSON.stringify(id)}\n}\n`).join("\n");
}
