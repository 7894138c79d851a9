import type { Block, SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import type { Deployed } from "./state";

type Blocks = Readonly<Record<string, Readonly<Record<string, Block>>>>;

/** Steps from one reference to the next; more would be a cycle. */
const DEPTH = 8;

/** Resolves references in a stack's arguments: to variables, to arguments of other resources, and to attributes in the state. */
export class References {
  constructor(
    private readonly stack: Pick<SynthesizedStack, "json">,
    private readonly deployed: Deployed,
    /** Values of `var.…` and of expressions such as `data.aws_caller_identity.Caller.account_id`. */
    private readonly values: Readonly<Record<string, string | undefined>>,
  ) {}

  /** A value as text; `undefined` when it is no text or number, or is known only at apply. */
  resolve(value: unknown, depth = DEPTH): string | undefined {
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    if (typeof value !== "string" || depth === 0) return undefined;
    // Text and expressions alternate.
    const parts = value.split(/\$\{([^{}]*)\}/);
    const resolved = parts.map((part, index) => (index % 2 === 0 ? part : this.expression(part, depth)));
    const text = resolved.join("");
    return resolved.includes(undefined) || text.includes("${") ? undefined : text;
  }

  private expression(expression: string, depth: number): string | undefined {
    const [, variable] = /^var\.([\w-]+)$/.exec(expression) ?? [];
    if (variable !== undefined) return this.values[`TF_VAR_${variable}`] ?? this.resolve(this.defaultOf(variable));
    const [, account] = /^data\.(aws_caller_identity)\.[\w-]+\.account_id$/.exec(expression) ?? [];
    if (account !== undefined) return this.values[account];
    const parts = /^(data\.)?([a-z0-9_]+)\.([\w-]+)\.(\w+)$/.exec(expression);
    return parts === null ? undefined : this.resolve(this.attribute(parts), depth - 1);
  }

  /** An attribute of a resource in the state, or else an argument of a resource or data source. */
  private attribute([, data, ...parts]: readonly (string | undefined)[]): unknown {
    const [type = "", name = "", attribute = ""] = parts;
    if (data !== undefined) return this.argument("data", type, name, attribute);
    return this.deployed.get(`${type}.${name}`)?.[attribute] ?? this.argument("resource", type, name, attribute);
  }

  private argument(kind: "resource" | "data", type: string, name: string, attribute: string): unknown {
    return (this.stack.json[kind] as Blocks | undefined)?.[type]?.[name]?.[attribute];
  }

  private defaultOf(variable: string): unknown {
    const variables = this.stack.json["variable"] as Readonly<Record<string, Block>> | undefined;
    const value = variables?.[variable]?.["default"];
    return value === "" ? undefined : value;
  }
}
