import type { CloudObject } from "./cloud-object";

/** The parts of a Terraform state that say what it knows. */
interface StateFile {
  readonly resources?: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes?: Readonly<Record<string, unknown>> | null }[];
  }[];
}

/** What Terraform knows, over all stacks of an environment. */
export class KnownObjects {
  /** Reads the answers of `terraform state pull`; an empty one is a stack that has never been deployed. */
  static of(states: readonly string[]): KnownObjects {
    const attributes = new Map<string, Readonly<Record<string, unknown>>>();
    for (const text of states.filter((state) => state.trim() !== ""))
      for (const { mode, type, name, instances } of (JSON.parse(text) as StateFile).resources ?? [])
        if (mode === "managed") attributes.set(`${type}.${name}`, instances[0]?.attributes ?? {});
    return new KnownObjects(attributes);
  }

  private readonly identities: ReadonlySet<unknown>;

  private constructor(private readonly byAddress: ReadonlyMap<string, Readonly<Record<string, unknown>>>) {
    this.identities = new Set(
      [...byAddress.values()].flatMap(({ arn, id }) => [arn, id]).filter((identity) => identity !== undefined),
    );
  }

  /** Whether some state speaks of the object. */
  knows(object: CloudObject): boolean {
    return this.identities.has(object.arn) || this.identities.has(object.id);
  }

  /** The same, as it will be once objects have been taken back: references to them can then be followed. */
  expecting(imports: readonly { readonly to: string; readonly id: string }[]): KnownObjects {
    return new KnownObjects(new Map([...this.byAddress, ...imports.map(({ to, id }) => [to, { id }] as const)]));
  }

  /** Whether a resource's object is known. */
  has(address: string): boolean {
    return this.byAddress.has(address);
  }

  /** An argument with its references replaced by what the state knows: `${aws_subnet.a.id}` becomes `subnet-1`. */
  resolve(argument: unknown): string | undefined {
    if (typeof argument !== "string") return undefined;
    const reference = /^\$\{([\w-]+\.[\w-]+)\.(\w+)\}$/.exec(argument);
    if (reference === null) return argument;
    const value = this.byAddress.get(reference[1] ?? "")?.[reference[2] ?? ""];
    return typeof value === "string" ? value : undefined;
  }
}
