import type { CloudObject } from "./cloud-object";

/** The parts of a Terraform state that are read here. */
interface StateFile {
  readonly resources?: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes?: Readonly<Record<string, unknown>> | null }[];
  }[];
}

type Attributes = Readonly<Record<string, unknown>>;

/** Attributes that identify the object; two EKS resource types have a special name for their ARN. */
const IDENTITIES = ["arn", "id", "access_entry_arn", "association_arn"];

/** The objects in the state of one stack. The same address can belong to another object in another stack. */
export class KnownStack {
  constructor(private readonly byAddress: ReadonlyMap<string, Attributes>) {}

  /** Whether the state contains a resource. */
  has(address: string): boolean {
    return this.byAddress.has(address);
  }

  /** An argument with a reference resolved by the state: `${aws_subnet.a.id}` becomes `subnet-1`. */
  resolve(argument: unknown): string | undefined {
    if (typeof argument !== "string") return undefined;
    const reference = /^\$\{([\w-]+\.[\w-]+)\.(\w+)\}$/.exec(argument);
    if (reference === null) return argument;
    const value = this.byAddress.get(reference[1] ?? "")?.[reference[2] ?? ""];
    return typeof value === "string" ? value : undefined;
  }

  /** ARNs and ids of all objects. */
  get identities(): readonly unknown[] {
    return [...this.byAddress.values()].flatMap((attributes) =>
      IDENTITIES.flatMap((name) => (attributes[name] === undefined ? [] : [attributes[name]])),
    );
  }

  /** This state with additional objects. */
  with(imports: readonly { readonly to: string; readonly id: string }[]): KnownStack {
    return new KnownStack(new Map([...this.byAddress, ...imports.map(({ to, id }) => [to, { id }] as const)]));
  }
}

/** The objects in the states of all stacks of an environment. */
export class KnownObjects {
  /** Reads the output of `terraform state pull` by stack; it is empty for a stack that has never been deployed. */
  static of(states: Readonly<Record<string, string>>): KnownObjects {
    return new KnownObjects(new Map(Object.entries(states).map(([stack, text]) => [stack, readState(text)])));
  }

  private readonly identities: ReadonlySet<unknown>;

  private constructor(private readonly stacks: ReadonlyMap<string, KnownStack>) {
    this.identities = new Set([...stacks.values()].flatMap((stack) => stack.identities));
  }

  /** Whether any state contains the object. */
  knows(object: Pick<CloudObject, "arn" | "id">): boolean {
    return this.identities.has(object.arn) || this.identities.has(object.id);
  }

  /** The objects of one stack. */
  in(stack: string): KnownStack {
    return this.stacks.get(stack) ?? new KnownStack(new Map());
  }

  /** The objects as they are after imports, so that references to them resolve. */
  with(imports: readonly { readonly stack: string; readonly to: string; readonly id: string }[]): KnownObjects {
    const stacks = new Set([...this.stacks.keys(), ...imports.map(({ stack }) => stack)]);
    return new KnownObjects(
      new Map([...stacks].map((id) => [id, this.in(id).with(imports.filter(({ stack }) => stack === id))])),
    );
  }
}

function readState(state: string): KnownStack {
  const attributes = new Map<string, Attributes>();
  const { resources = [] } = state.trim() === "" ? {} : (JSON.parse(state) as StateFile);
  for (const { mode, type, name, instances } of resources)
    if (mode === "managed") attributes.set(`${type}.${name}`, instances[0]?.attributes ?? {});
  return new KnownStack(attributes);
}
