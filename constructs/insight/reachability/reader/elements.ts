import type { IConstruct } from "constructs";
import { isExpression } from "../../../core/token";
import { Element } from "./element";
import { readReference } from "./reference";

/** All resources and data sources below a construct, with resolution of their references. */
export class Elements {
  static below(scope: IConstruct): Elements {
    return new Elements(scope.node.findAll().flatMap((construct) => Element.of(construct) ?? []));
  }

  /** All elements by their keys. */
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

  /** Paths of all stacks with elements. */
  get stacks(): readonly string[] {
    return [...new Set([...this.byKey.values()].map(({ stack }) => stack))];
  }

  /** Resources of some types, in the order of the tree, without data sources. */
  resources(...types: readonly string[]): readonly Element[] {
    return types.flatMap((type) => this.byType.get(type) ?? []).filter(({ address }) => !address.startsWith("data."));
  }

  /** The element that an argument of another element refers to, in the same stack. */
  resolve(from: Pick<Element, "stack">, text: string | undefined): Element | undefined {
    const reference = text === undefined ? undefined : readReference(text);
    return reference === undefined ? undefined : this.byKey.get(`${from.stack} ${reference.address}`);
  }

  /** Key of the element that an argument refers to; the argument itself where the element is outside of the tree. */
  keyOf(from: Pick<Element, "stack">, text: string): string {
    return this.resolve(from, text)?.key ?? text;
  }

  /** The value of an argument; for a reference to an argument of the tree, the value of the latter. */
  valueOf(from: Pick<Element, "stack">, text: string | undefined): string | undefined {
    const reference = text === undefined ? undefined : readReference(text);
    const value = reference && this.resolve(from, text)?.arguments.text(reference.attribute);
    return value !== undefined && !isExpression(value) ? value : text;
  }

  /** Resources of some types whose argument refers to an element. */
  referringTo(element: Element, argument: string, ...types: readonly string[]): readonly Element[] {
    return this.resources(...types).filter((other) => this.resolve(other, other.arguments.text(argument)) === element);
  }
}
