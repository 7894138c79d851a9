import { Block } from "../reader/block";
import type { Element } from "../reader/element";
import type { Elements } from "../reader/elements";
import { readEncoded } from "../reader/expression";

/** One object of NHN Cloud's network API, or one action on it, as the restapi provider is told to make it. */
export interface NhnObject {
  readonly element: Element;
  /** What is sent when it is made, without the name around it. */
  readonly fields: Block;
}

/** The objects of NHN Cloud's network API in a tree. */
export class NhnObjects {
  private readonly all: readonly NhnObject[];

  constructor(private readonly elements: Elements) {
    this.all = elements.resources("restapi_object").map((element) => ({ element, fields: fieldsOf(element) }));
  }

  /** Objects of a collection, for example `vpcs`. */
  of(collection: string): readonly NhnObject[] {
    return this.all.filter(
      ({ element: { arguments: block } }) =>
        lastPart(block.text("path")) === collection && block.text("object_id") === undefined,
    );
  }

  /** Actions of a name on an object, for example `attach_gateway`. */
  actionsOn(object: Element, action: string): readonly NhnObject[] {
    return this.all.filter(
      ({ element }) =>
        lastPart(element.arguments.text("create_path")) === action &&
        this.elements.behind(element, element.arguments.text("object_id")) === object,
    );
  }

  /** What a field refers to, wherever in its expression. */
  behind({ element, fields }: NhnObject, field: string): Element | undefined {
    const [, address] = /\b(restapi_object\.[\w-]+)/.exec(fields.text(field) ?? "") ?? [];
    return address === undefined ? undefined : this.elements.behind(element, `\${${address}.id}`);
  }

  /** Objects of a collection whose field refers to an object. */
  referringTo(object: Element, collection: string, field: string): readonly NhnObject[] {
    return this.of(collection).filter((one) => this.behind(one, field) === object);
  }
}

function lastPart(path: string | undefined): string | undefined {
  return path?.split("/").at(-1);
}

/** A body has one name around its fields; that of an action has none. */
function fieldsOf({ arguments: block }: Element): Block {
  const body = readEncoded(block.text("data") ?? "{}");
  const names = typeof body === "object" && body !== null ? Object.keys(body) : [];
  const around = new Block(body).blocks(names[0] ?? "");
  return names.length === 1 && around[0] !== undefined ? around[0] : new Block(body);
}
