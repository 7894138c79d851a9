import { isToken } from "../../../core/token";
import type { IConstruct } from "constructs";
import { Element } from "./element";
import { readReference } from "./reference";

/** All resources and data sources below a construct, and what their references lead to. */
export class Elements {
  static below(scope: IConstruct): Elements {
    return new Elements(scope.node.findAll().flatMap((construct) => Element.at(construct) ?? []));
  }

  /** Every element by its key. */
  readonly byKey: ReadonlyMap<string, Element>;
  private readonly byType = new Map<string, Element[]>();

  private constructor(elements: readonly Element[]) {
    this.byKey = new Map(elements.map((element) => [element.key, element]));
    for (const element of elements) {
      const alike = this.byType.get(element.type);
      if (alike === undefined) this.byType.set(element.type, [element]);
      else alike.push(element);
    }
  }

  /** Paths of the stacks that they are in. */
  get stacks(): readonly string[] {
    return [...new Set([...this.byKey.values()].map(({ stack }) => stack))];
  }

  /** Resources of some types, in the order of the tree. Data sources are what stands elsewhere, and not among them. */
  resources(...types: readonly string[]): readonly Element[] {
    return types.flatMap((type) => this.byType.get(type) ?? []).filter(({ address }) => !address.startsWith("data."));
  }

  /** The element that an argument of another one refers to, in the same stack. */
  behind(from: Pick<Element, "stack">, text: string | undefined): Element | undefined {
    const reference = text === undefined ? undefined : readReference(text);
    return reference === undefined ? undefined : this.byKey.get(`${from.stack} ${reference.address}`);
  }

  /** Key of what an argument refers to: of the element where it stands in the tree, otherwise the text itself. */
  keyOf(from: Pick<Element, "stack">, text: string): string {
    return this.behind(from, text)?.key ?? text;
  }

  /** What a text says: where it refers to an argument that is written down in the tree, that. */
  valueOf(from: Pick<Element, "stack">, text: string | undefined): string | undefined {
    const reference = text === undefined ? undefined : readReference(text);
    const written = reference && this.behind(from, text)?.arguments.text(reference.attribute);
    return written !== undefined && !isToken(written) ? written : text;
  }

  /** Those of some types whose argument refers to an element. */
  referringTo(element: Element, argument: string, ...types: readonly string[]): readonly Element[] {
    return this.resources(...types).filter((one) => this.behind(one, one.arguments.text(argument)) === element);
  }
}
