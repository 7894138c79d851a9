import { Block } from "../reader/block";
import type { Element } from "../reader/element";
import type { Elements } from "../reader/elements";
import { readEncoded } from "../reader/expression";

/** An object of NHN Cloud's network API, or an action on it: a resource of the restapi provider. */
export interface NhnObject {
  readonly element: Element;
  /** The fields of the request body, without its outer name. */
  readonly fields: Block;
}

/** All objects of NHN Cloud's network API in a tree. */
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

  /** Actions on an object, for example `attach_gateway`. */
  actionsOn(object: Element, action: string): readonly NhnObject[] {
    return this.all.filter(
      ({ element }) =>
        lastPart(element.arguments.text("create_path")) === action &&
        this.elements.resolve(element, element.arguments.text("object_id")) === object,
    );
  }

  /** The first object that the expression of a field refers to. */
  resolve({ element, fields }: NhnObject, field: string): Element | undefined {
    const [, address] = /\b(restapi_object\.[\w-]+)/.exec(fields.text(field) ?? "") ?? [];
    return address === undefined ? undefined : this.elements.resolve(element, `\${${address}.id}`);
  }

  /** Objects of a collection whose field refers to an object. */
  referringTo(object: Element, collection: string, field: string): readonly NhnObject[] {
    return this.of(collection).filter((one) => this.resolve(one, field) === object);
  }
}

function lastPart(path: string | undefined): string | undefined {
  return path?.split("/").at(-1);
}

/** The body of an object has one outer name; the body of an action has none. */
function fieldsOf({ arguments: block }: Element): Block {
  const body = readEncoded(block.text("data") ?? "{}");
  const names = typeof body === "object" && body !== null ? Object.keys(body) : [];
  const [inner] = new Block(body).blocks(names[0] ?? "");
  return names.length === 1 && inner !== undefined ? inner : new Block(body);
}
