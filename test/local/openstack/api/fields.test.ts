import type { Json } from "@groundwork/local/http/json";
import {
  type Field,
  flag,
  integer,
  integerBetween,
  labels,
  list,
  nonEmptyText,
  nullable,
  object,
  oneOf,
  only,
  read,
  text,
} from "@groundwork/local/openstack/api/fields";

const SHAPE = {
  wrapper: "port",
  required: { name: nonEmptyText },
  optional: { size: integer, groups: list(nonEmptyText) },
};

/** Validates one field of a body. */
function readField(name: string, field: Field<Json>, value: Json): Json | undefined {
  return read({ body: { [name]: value } }, { optional: { [name]: field } })[name];
}

describe("reading a body", () => {
  test("returns exactly the fields that were sent", () => {
    expect(read({ body: { port: { name: "a", size: 2 } } }, SHAPE)).toEqual({ name: "a", size: 2 });
  });

  test.each<[string, Record<string, Json>, RegExp]>([
    ["another wrapper", { network: { name: "a" } }, /one "port"/],
    ["two wrappers", { port: { name: "a" }, network: {} }, /one "port"/],
    ["a missing field", { port: {} }, /"name" is required/],
    ["an unknown field", { port: { name: "a", colour: "red" } }, /"colour" is unknown/],
    ["a field of another type", { port: { name: "a", size: "2" } }, /"size" must be a whole number/],
    ["a wrong item of a list", { port: { name: "a", groups: [1] } }, /"groups" must be a text/],
  ])("rejects %s", (_case, body, message) => {
    expect(() => read({ body }, SHAPE)).toThrow(message);
  });

  test.each<[string, string, Field<Json>, Json, RegExp]>([
    ["an empty string", "name", nonEmptyText, "", /not empty/],
    ["a number instead of a string", "name", text, 1, /must be a text/],
    ["a string instead of a boolean", "shared", flag, "yes", /true or false/],
    ["a fraction instead of an integer", "size", integer, 1.5, /^"size" must be a whole number$/],
    ["an unknown choice", "protocol", oneOf("tcp", "udp"), "sctp", /one of tcp, udp/],
    ["a number out of range", "order", integerBetween(1, 3), 4, /between 1 and 3/],
    ["a string instead of a list", "tags", list(text), "a", /must be a list/],
    ["a list instead of an object", "pool", object({}, {}), [], /must be an object/],
    ["an unknown field of an object", "pool", object({}, { start: text }), { end: "a" }, /"end" is unknown/],
    ["a label that is not a string", "metadata", labels, { role: 1 }, /"metadata.role" must be a text/],
  ])("rejects %s", (_case, name, field, value, message) => {
    expect(() => readField(name, field, value)).toThrow(message);
  });

  test("accepts null only for nullable fields", () => {
    expect(readField("gateway", nullable(text), null)).toBeNull();
    expect(() => readField("gateway", text, null)).toThrow(/"gateway" must be a text/);
  });

  test("reads labels that are not an object as none", () => {
    expect(readField("metadata", labels, "a")).toEqual({});
  });

  test("reports missing fields before others, and all of them at once", () => {
    const required = { name: text, address: text };
    expect(() => read({ body: { size: 1 } }, { required })).toThrow(/^"name", "address" is required$/);
  });

  test("reports the first error in the order of the input", () => {
    const optional = { name: text, size: integer };
    expect(() => read({ body: { size: "2", colour: "red", name: 1 } }, { optional })).toThrow(/"size" must/);
    expect(() => read({ body: { colour: "red", size: "2" } }, { optional })).toThrow(/"colour" is unknown/);
  });

  test("names the field at any depth", () => {
    const optional = { pools: list(object({ start: text }, { end: text })) };
    const pools = (...items: Json[]) => read({ body: { pools: items } }, { optional });
    expect(() => pools({ start: "a" }, {})).toThrow(/^"start" is required$/);
    expect(() => pools({ start: "a" }, { start: "a", end: 1 })).toThrow(/^"end" must be a text$/);
    expect(() => pools("a")).toThrow(/^"pools" must be an object$/);
  });

  test("accepts only the fields that a cloud has", () => {
    const optional = only({ label: text, description: text }, ["label"]);
    expect(() => read({ body: { description: "a" } }, { optional })).toThrow(/"description" is unknown/);
  });
});
