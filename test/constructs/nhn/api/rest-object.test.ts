import { restObject } from "@groundwork/constructs/nhn/api/rest-object";
import fc from "fast-check";
import { nhnStack, object } from "../../../support/nhn";

const anyFields = fc.dictionary(
  fc.stringMatching(/^[a-z][a-z_]{0,11}$/),
  fc.oneof(fc.stringMatching(/^[\w ./-]{0,12}$/), fc.nat(), fc.boolean()),
  { minKeys: 1, maxKeys: 8, noNullPrototype: true },
);

describe("an object of the network API", () => {
  test("sends every field at creation; a later change of a field is either made in place or replaces the object", () => {
    fc.assert(
      fc.property(anyFields, fc.func(fc.boolean()), (fields, choose) => {
        const names = Object.keys(fields);
        const changeable = names.filter((name) => choose(name));
        const { stack } = nhnStack();
        restObject(stack, "Thing", { collection: "things", noun: "thing", fields, changeable });
        const created = object(stack, "thing");
        expect(created.fields).toEqual(fields);
        expect(Object.keys(created.changeable ?? {}).sort()).toEqual([...changeable].sort());
        const replacing = ((created.block["force_new"] as string[] | undefined) ?? []).map(
          (entry) => entry.split("=")[0],
        );
        expect([...replacing, ...changeable].sort()).toEqual([...names].sort());
      }),
    );
  });

  test("is replaced when a value moves from one field to another", () => {
    const fixed = (fields: Record<string, string>) => {
      const { stack } = nhnStack();
      restObject(stack, "Thing", { collection: "things", noun: "thing", fields, changeable: [] });
      return object(stack, "thing").block["force_new"];
    };
    expect(fixed({ source_port: "80" })).not.toEqual(fixed({ destination_port: "80" }));
  });
});
