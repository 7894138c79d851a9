import type { Block, SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { hclString } from "@groundwork/constructs/core/quoting";
import { printable } from "@groundwork/tooling/printable";
import { awsCommand, type Placeholders, replacePlaceholders } from "../aws/aws-command";
import type { CloudObject } from "./cloud-object";
import { type Kind, KINDS } from "./kinds";
import type { KnownObjects } from "./state";

/** An object to import: the configuration contains its resource, and the state contains no other object for it. */
export interface Import {
  readonly stack: string;
  /** Address of the resource. */
  readonly to: string;
  /** Id for Terraform's import. */
  readonly id: string;
}

/** An object to delete: the state contains another object for its resource, or the configuration has no resource for it. */
export interface Removal {
  readonly object: CloudObject;
  readonly commands: readonly string[];
}

/** How to import or delete each orphaned object. */
export interface Remedies {
  readonly imports: readonly Import[];
  readonly removals: readonly Removal[];
  /** Objects of kinds that this program does not support. */
  readonly unknown: readonly CloudObject[];
}

/** Decides for each orphaned object whether to import or to delete it. */
export function remedies(
  orphans: readonly CloudObject[],
  stacks: readonly SynthesizedStack[],
  known: KnownObjects,
): Remedies {
  const imported = new Set<string>();
  const imports: Import[] = [];
  const removals: CloudObject[] = [];
  for (const object of orphans.filter(({ kind }) => kind in KINDS)) {
    const target = importOf(
      object,
      stacks,
      ({ stack, to }) => known.in(stack).has(to) || imported.has(`${stack} ${to}`),
    );
    if (target === undefined) removals.push(object);
    else {
      imported.add(`${target.stack} ${target.to}`);
      imports.push(target);
    }
  }
  const order = Object.keys(KINDS);
  return {
    imports,
    removals: removals
      .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
      .map((object) => ({ object, commands: deletionCommands(object) })),
    unknown: orphans.filter(({ kind }) => !(kind in KINDS)),
  };
}

/** The import of the object into the resource that describes it, unless that resource has an object. */
function importOf(
  object: CloudObject,
  stacks: readonly SynthesizedStack[],
  isTaken: (resource: Pick<Import, "stack" | "to">) => boolean,
): Import | undefined {
  const kind = KINDS[object.kind];
  const stack = stacks.find(({ id }) => id === object.tags["Stack"]);
  if (kind === undefined || stack === undefined) return undefined;
  const resource = kind.types
    .flatMap((type) => [...stack.resources(type)])
    .find(([to, block]) => !isTaken({ stack: stack.id, to }) && describes(block, object, kind, stack));
  // AWS creates the default resources with the VPC; Terraform adopts them without an import.
  if (resource === undefined || resource[0].startsWith("aws_default_")) return undefined;
  const id = replacePlaceholders(kind.importId ?? "ID", valuesOf(object));
  return printable(id) === id ? { stack: stack.id, to: resource[0], id } : undefined;
}

/** Whether a resource's arguments describe the object. */
function describes(block: Block, object: CloudObject, kind: Kind, stack: SynthesizedStack): boolean {
  if (kind.where === undefined) return configuredName(block, object, kind) === actualName(object, kind);
  return Object.entries(kind.where).every(
    ([argument, template]) => resolvedName(block[argument], stack) === replacePlaceholders(template, valuesOf(object)),
  );
}

/** A name that is a literal, or a reference to a literal of another resource: `${aws_eks_cluster.Cluster.name}`. */
function resolvedName(argument: unknown, stack: SynthesizedStack): unknown {
  const [, address = "", type = "", attribute = ""] =
    /^\$\{((\w+)\.[\w-]+)\.(\w+)\}$/.exec(typeof argument === "string" ? argument : "") ?? [];
  return address === "" ? argument : stack.resources(type).get(address)?.[attribute];
}

/** The name in the configuration, with references to the account id replaced. */
function configuredName(block: Block, { account }: CloudObject, { idArgument }: Kind): unknown {
  const name =
    idArgument === undefined ? (block["tags"] as Record<string, string> | undefined)?.["Name"] : block[idArgument];
  return typeof name === "string" ? name.replace(/\$\{data\.aws_caller_identity\.[\w-]+\.account_id\}/, account) : name;
}

/** The name of the object. One without a name matches nothing, not even a resource without a name. */
function actualName({ id, tags }: CloudObject, { idArgument }: Kind): unknown {
  return idArgument === undefined ? (tags["Name"] ?? Symbol("no name")) : id;
}

/** Empty for an object whose identifier cannot be part of a command. */
function deletionCommands(object: CloudObject): readonly string[] {
  const values = valuesOf(object);
  const commands = (KINDS[object.kind]?.remove ?? [])
    .filter((command) => object.parent !== undefined || !command.includes("PARENT"))
    .map((command) => awsCommand(`aws ${command} --region ${object.region}`, values));
  return commands.every((command) => command !== undefined) ? commands : [];
}

/** The values of the placeholders in {@link KINDS}. */
function valuesOf({ kind, id, arn, parent }: CloudObject): Placeholders {
  const parts = id.split("/");
  return new Map([
    ...(KINDS[kind]?.parts ?? []).map((name, index) => [name, parts[index] ?? ""] as const),
    ...([
      ["ID", id],
      ["ARN", arn],
      ["PARENT", parent ?? ""],
    ] as const),
  ]);
}

/** Import blocks in Terraform's language, as lines. */
export function importBlocks(imports: readonly Import[]): readonly string[] {
  return imports.flatMap(({ to, id }, index) => [
    ...(index === 0 ? [] : [""]),
    "import {",
    `  to = ${to}`,
    `  id = ${hclString(id)}`,
    "}",
  ]);
}
