import type { Block, SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import type { CloudObject } from "./cloud-object";
import type { Kind } from "./kinds";
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
    const place = placeOf(object, stacks, ({ stack, to }) => known.in(stack).has(to) || taken.has(`${stack} ${to}`));
    if (place === undefined) removals.push(object);
    else {
      taken.add(`${place.stack} ${place.to}`);
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
  occupied: (place: Pick<Import, "stack" | "to">) => boolean,
): Import | undefined {
  const kind = KINDS[object.kind];
  const stack = stacks.find(({ id }) => id === object.tags["Stack"]);
  if (kind === undefined || stack === undefined) return undefined;
  const place = kind.types
    .flatMap((type) => [...stack.resources(type)])
    .find(([to, block]) => !occupied({ stack: stack.id, to }) && wants(block, object, kind, stack));
  // A default resource is taken over, never imported: it comes with its network.
  if (place === undefined || place[0].startsWith("aws_default_")) return undefined;
  return { stack: stack.id, to: place[0], id: filled(kind.importId ?? "ID", object) };
}

/** Whether a resource's arguments are about the object. */
function wants(block: Block, object: CloudObject, kind: Kind, stack: SynthesizedStack): boolean {
  if (kind.where === undefined) return nameOf(block, object, kind.idArgument) === nameIn(object, kind.idArgument);
  return Object.entries(kind.where).every(
    ([argument, words]) => chosenName(block[argument], stack) === filled(words, object),
  );
}

/** A name that is written down, or that another resource of the stack has written down: `${aws_eks_cluster.Cluster.name}`. */
function chosenName(argument: unknown, stack: SynthesizedStack): unknown {
  const [, address = "", type = "", attribute = ""] =
    /^\$\{((\w+)\.[\w-]+)\.(\w+)\}$/.exec(typeof argument === "string" ? argument : "") ?? [];
  return address === "" ? argument : stack.resources(type).get(address)?.[attribute];
}

/** The name that the configuration gives, with the account's number in it where it stands for that. */
function nameOf(block: Block, object: CloudObject, idArgument: string | undefined): unknown {
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
  return (KINDS[object.kind]?.remove ?? [])
    .filter((command) => object.parent !== undefined || !command.includes("PARENT"))
    .map((command) => `aws ${filled(command, object)} --region ${object.region}`);
}

/** Words replaced by what they stand for. */
function filled(words: string, { kind, id, arn, parent }: CloudObject): string {
  const parts = id.split("/");
  const meanings = new Map([
    ...(KINDS[kind]?.parts ?? []).map((word, index) => [word, parts[index] ?? ""] as const),
    ...([
      ["ID", id],
      ["ARN", arn],
      ["PARENT", parent ?? ""],
    ] as const),
  ]);
  return words.replace(/\b[A-Z]{2,}\b/g, (word) => meanings.get(word) ?? word);
}

/** Import blocks as Terraform reads them. */
export function importBlocks(imports: readonly Import[]): string {
  return imports.map(({ to, id }) => `import {\n  to = ${to}\n  id = ${JSON.stringify(id)}\n}\n`).join("\n");
}
