import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Attribute, Block, NestedBlock, Nesting, WireType } from "./schema";

/**
 * Reads a schema from the sources of an installed CDKTF provider.
 *
 * Each package is generated from its provider's schema and contains its TypeScript sources: a comment on every member contains
 * whether it is computed, optional or required, and the member's type determines the rest.
 */
export class Declarations {
  private readonly classes: ReadonlyMap<string, string>;
  private readonly text: string;
  /** Declarations of one resource or provider block, such as `service-v1` of `@cdktf/provider-kubernetes`. */
  static of(packageName: string, folder: string): Declarations {
    const lib = dirname(require.resolve(`${packageName}/lib/${folder}/index.js`));
    const structs = join(lib, "index-structs");
    const files = [
      join(lib, "index.js"),
      ...(existsSync(structs) ? readdirSync(structs).map((name) => join(structs, name)) : []),
    ].filter((file) => file.endsWith(".js"));
    return new Declarations(files.map(sourceOf).join("\n"));
  }

  constructor(text: string) {
    this.text = text;
    const parts = text.split(/^export (?=class |interface |function )/m);
    this.classes = new Map(
      parts.flatMap((part) => {
        const name = /^(?:class|interface) (\w+)/.exec(part)?.[1];
        return name === undefined ? [] : [[`${part.startsWith("class") ? "" : "I:"}${name}`, part] as const];
      }),
    );
  }

  /** The schema of the resource or provider that is declared. */
  block(): Block {
    const root = [...this.classes].find(([, part]) =>
      /^class \w+ extends cdktf\.Terraform(Resource|Provider)\b/.test(part),
    );
    if (root === undefined) throw new Error("no resource and no provider is declared");
    return this.blockOf(root[1]);
  }

  private blockOf(part: string): Block {
    const attributes: Record<string, Attribute> = {};
    const blocks: Record<string, NestedBlock> = {};
    for (const member of membersOf(part)) {
      const complex = this.complexOf(member, part);
      const settable = member.required || member.optional;
      const flags = { required: member.required, optional: member.optional, computed: member.computed };
      if (complex === undefined) attributes[member.name] = { type: simpleType(member, part), ...flags };
      else if (!settable) attributes[member.name] = { type: this.objectType(complex), ...flags };
      else if (this.isBlock(member.name)) blocks[member.name] = this.nestedBlock(complex, member.required);
      else
        attributes[member.name] = {
          nested: { nesting: complex.nesting, attributes: this.blockOf(complex.part).attributes },
          ...flags,
        };
    }
    return { attributes, blocks };
  }

  /** Newer providers have nested attributes where older ones have blocks; only blocks are documented as such. */
  private isBlock(name: string): boolean {
    return new RegExp(`^\\s*\\* ${name} block$`, "m").test(this.text);
  }

  private nestedBlock({ nesting, part, once }: Complex, required: boolean): NestedBlock {
    const bounds =
      nesting === "single" ? { minItems: 0, maxItems: 0 } : { minItems: required ? 1 : 0, maxItems: once ? 1 : 0 };
    return { nesting, block: this.blockOf(part), ...bounds };
  }

  /** The type of a read-only object. */
  private objectType({ nesting, part }: Complex): WireType {
    const { attributes } = this.blockOf(part);
    const object = [
      "object",
      Object.fromEntries(Object.entries(attributes).map(([name, { type = "string" }]) => [name, type])),
    ] as const;
    return nesting === "single" ? object : [nesting, object];
  }

  /** The element type of a member that is not a string, number or boolean. */
  private complexOf(member: Member, part: string): Complex | undefined {
    return this.complexOfClass(member) ?? this.complexOfInterface(member, part);
  }

  private complexOfClass({ declaration, name }: Member): Complex | undefined {
    const construction = /= new (\w+?)(OutputReference|List)\(this, "\w+"(?:, (true|false))?/.exec(declaration);
    if (construction === null) return undefined;
    const [, base = "", kind, isSet] = construction;
    const element = this.classes.get(`${base}OutputReference`);
    if (element === undefined) throw new Error(`${base} of ${name} is not declared`);
    if (kind === "List") return { nesting: isSet === "true" ? "set" : "list", part: element, once: false };
    const isStruct = !this.isBlock(name) || this.text.includes(`storageClassType: "${base}",`);
    return { nesting: isStruct ? "single" : "list", part: element, once: true };
  }

  /** Provider blocks have only interfaces for their nested blocks, no classes. */
  private complexOfInterface({ declaration }: Member, part: string): Complex | undefined {
    const [, base = "", many] = /^private _\w+\?: ([A-Z]\w+)(\[\])?/.exec(declaration) ?? [];
    const element = this.classes.get(`I:${base}`);
    if (element === undefined) return undefined;
    const own = new RegExp(`^class ${base}OutputReference`).test(part) ? part : element;
    return { nesting: many === undefined ? "single" : "list", part: own, once: many === undefined };
  }
}

interface Complex {
  readonly nesting: Nesting;
  readonly part: string;
  /** Whether at most one element is allowed. */
  readonly once: boolean;
}

interface Member {
  readonly name: string;
  readonly computed: boolean;
  readonly optional: boolean;
  readonly required: boolean;
  /** The line that declares it. */
  readonly declaration: string;
}

/** The members of a class, found by their comments, or of an interface, found by their links to the documentation. */
function membersOf(part: string): readonly Member[] {
  if (part.startsWith("interface")) {
    const properties = part.matchAll(/#(\w+) [\w#]+\}[^/]*\*\/\s*readonly (\w+)(\??): ([^;]+);/g);
    return [...properties].map(([, name = "", property = "", question = "", type = ""]) => ({
      name,
      computed: false,
      optional: question === "?",
      required: question === "",
      declaration: `private _${property}?: ${type}`,
    }));
  }
  const comments = part.matchAll(
    /\/\/ (\w+) - computed: (\w+), optional: (\w+), required: (\w+)\n\s*([^\n]+)(?:\n([^\n]+))?/g,
  );
  return [...comments].flatMap(([, name = "", computed, optional, required, first = "", second = ""]) =>
    // A meta-argument of Terraform.
    name === "alias"
      ? []
      : [
          {
            name,
            computed: computed === "true",
            optional: optional === "true",
            required: required === "true",
            declaration: first.startsWith("private") ? first : `${first} ${second.trim()}`,
          },
        ],
  );
}

function simpleType({ declaration, name }: Member, part: string): WireType {
  if (/= new cdktf\.StringMap\(/.test(declaration)) return ["map", "string"];
  const known = SIMPLE[declaredType(declaration)];
  if (known === undefined) throw new Error(`${name} is declared as "${declaration}"`);
  if (typeof known === "string" || known[0] !== "list") return known;
  // The elements of a set have no index, so the classes convert it to a list.
  const list = LISTS[String(known[1])] ?? "";
  const isSet = part.includes(`cdktf.Fn.tolist(this.get${list}Attribute('${name}'))`);
  return isSet ? ["set", known[1]] : known;
}

/** The type of a member, or the name of its getter. */
function declaredType(declaration: string): string {
  const type = /^private _\w+\?: ([^;]+?)(?: \| (?:cdktf\.IResolvable|undefined))*;?\s*$/.exec(declaration)?.[1];
  const getter = /this\.(?:interpolationForAttribute|get(\w+)Attribute)/.exec(declaration)?.[1];
  return type ?? getter ?? "";
}

const SIMPLE: Readonly<Record<string, WireType>> = {
  string: "string",
  number: "number",
  boolean: "bool",
  "string[]": ["list", "string"],
  "number[]": ["list", "number"],
  "{ [key: string]: string }": ["map", "string"],
  "{ [key: string]: any }": "dynamic",
  String: "string",
  Number: "number",
  Boolean: "bool",
  List: ["list", "string"],
  NumberList: ["list", "number"],
};

const LISTS: Readonly<Record<string, string>> = { string: "List", number: "NumberList" };

/** The source of a compiled file, from its inline source map. */
function sourceOf(file: string): string {
  const compiled = readFileSync(file, "utf8");
  const map = /\/\/# sourceMappingURL=data:application\/json;base64,([A-Za-z0-9+/=]+)\s*$/.exec(compiled)?.[1];
  if (map === undefined) throw new Error(`${file} has no inline source map`);
  const { sourcesContent } = JSON.parse(Buffer.from(map, "base64").toString()) as { sourcesContent: readonly string[] };
  return sourcesContent.join("\n");
}
