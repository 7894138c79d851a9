import type { Json } from "@groundwork/local/http/json";
import {
  between,
  flag,
  labels,
  list,
  object,
  oneOf,
  only,
  orNull,
  read,
  text,
  whole,
  word,
} from "@groundwork/local/openstack/api/fields";

const SHAPE = { wrapper: "port", required: { name: word }, optional: { size: whole, groups: list(word) } };

describe("reading a body", () => {
  test("answers what was said and nothing else", () => {
    expect(read({ body: { port: { name: "a", size: 2 } } }, SHAPE)).toEqual({ name: "a", size: 2 });
  });

  test.each<[string, Record<string, Json>, RegExp]>([
    ["another wrapper", { network: { name: "a" } }, /one "port"/],
    ["two wrappers", { port: { name: "a" }, network: {} }, /one "port"/],
    ["a missing field", { port: {} }, /"name" is required/],
    ["a field that nobody knows", { port: { name: "a", colour: "red" } }, /"colour" is unknown/],
    ["a field of another type", { port: { name: "a", size: "2" } }, /"size" must be a whole number/],
    ["a wrong item of a list", { port: { name: "a", groups: [1] } }, /"groups" must be a text/],
  ])("refuses %s", (_words, body, message) => {
    expect(() => read({ body }, SHAPE)).toThrow(message);
  });

  test.each<[string, () => unknown, RegExp]>([
    ["an empty word", () => word("", "name"), /not empty/],
    ["a number for a text", () => text(1, "name"), /must be a text/],
    ["a word for a flag", () => flag("yes", "shared"), /true or false/],
    ["a word that is none of some", () => oneOf("tcp", "udp")("sctp", "protocol"), /one of tcp, udp/],
    ["a number out of bounds", () => between(1, 3)(4, "order"), /between 1 and 3/],
    ["a list that is none", () => list(text)("a", "tags"), /must be a list/],
    ["an object that is none", () => object({}, {})([], "pool"), /must be an object/],
    [
      "a field of an object that nobody knows",
      () => object({}, { start: text })({ end: "a" }, "pool"),
      /"end" is unknown/,
    ],
    ["a label that is no text", () => labels({ role: 1 }, "metadata"), /"metadata.role" must be a text/],
  ])("refuses %s", (_words, reading, message) => {
    expect(reading).toThrow(message);
  });

  test("lets null stand for none where it may", () => {
    expect(orNull(text)(null, "gateway")).toBeNull();
  });

  test("knows only the fields of a cloud", () => {
    const optional = only({ label: text, description: text }, ["label"]);
    expect(() => read({ body: { description: "a" } }, { optional })).toThrow(/"description" is unknown/);
  });
});
