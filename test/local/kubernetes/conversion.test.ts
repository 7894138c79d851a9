import { apiField } from "@groundwork/constructs/kubernetes/manifest/api-object";
import { API_TYPES } from "@groundwork/constructs/kubernetes/manifest/conversion";
import { Declarations } from "@groundwork/local/kubernetes/provider/declarations";
import type { Block } from "@groundwork/local/kubernetes/provider/schema";

/** Blocks that the schema allows several times, but the API only once. */
const ONE_IN_THE_API = [
  "grpc",
  "label_selector",
  "namespace_selector",
  "parameters",
  "post_start",
  "pre_stop",
  "projected",
  "scale_down",
  "scale_up",
  "selector",
  "sources.config_map",
  "sources.secret",
  "tcp_socket",
];

/** Names whose conversion does not match their declaration. */
function misfits(kind: string, block: Block, parent = ""): readonly string[] {
  const shapeOf = (name: string): string => apiField(name, { kind, parent }).shape;
  const attributes = Object.entries(block.attributes)
    .filter(([, { optional, required }]) => optional || required)
    .filter(([name, { type }]) => {
      const isMap = Array.isArray(type) && type[0] === "map";
      return shapeOf(name) !== "left-out" && isMap !== (shapeOf(name) === "map");
    })
    .map(([name]) => `${kind}: ${parent}.${name} is a ${shapeOf(name)}`);
  const blocks = Object.entries(block.blocks).flatMap(([name, { maxItems, nesting, block: inner }]) => {
    const shape = shapeOf(name);
    const many =
      nesting !== "single" &&
      maxItems !== 1 &&
      ![name, `${parent}.${name}`].some((key) => ONE_IN_THE_API.includes(key));
    const fits = shape === "left-out" || (many ? shape === "list" : shape !== "list" && shape !== "map");
    return [...(fits ? [] : [`${kind}: ${parent}.${name} is a ${shape}`]), ...misfits(kind, inner, name)];
  });
  return [...attributes, ...blocks];
}

describe("the conversion table", () => {
  test.each(Object.entries(API_TYPES))("matches the declaration of %s", (type, { kind }) => {
    const folder = type.replace("kubernetes_", "").replaceAll("_", "-");
    expect(misfits(kind, Declarations.of("@cdktf/provider-kubernetes", folder).block())).toEqual([]);
  });
});
