import { planned } from "@groundwork/local/kubernetes/provider/plan";
import type { Attribute, Block } from "@groundwork/local/kubernetes/provider/schema";
import { decodeValue, encodeValue, Unknown } from "@groundwork/local/kubernetes/provider/values";

const settable: Attribute = { type: "string", required: false, optional: true, computed: false };
const computed: Attribute = { ...settable, computed: true };
const readOnly: Attribute = { ...computed, optional: false };

const SCHEMA: Block = {
  attributes: { id: computed },
  blocks: {
    metadata: {
      nesting: "list",
      minItems: 1,
      maxItems: 1,
      block: { attributes: { name: computed, uid: readOnly, note: settable }, blocks: {} },
    },
  },
};

const IMMUTABLE = ["metadata.name"];
const values = (
  name: string | null,
  note: string | null = null,
  uid: string | null = null,
  id: string | null = null,
) => ({
  id,
  metadata: [{ name, uid, note }],
});

describe("a plan", () => {
  test("has unknown values only for computed attributes that are not set", () => {
    expect(planned(SCHEMA, null, values("web"), IMMUTABLE)).toEqual({
      state: { id: Unknown.VALUE, metadata: [{ name: "web", uid: Unknown.VALUE, note: null }] },
      replacing: [],
    });
  });

  test("updates in place where possible", () => {
    const prior = values("web", "a", "1", "web");
    const proposed = values("web", "b", "1", "web");
    expect(planned(SCHEMA, prior, proposed, IMMUTABLE)).toEqual({ state: proposed, replacing: [] });
  });

  test("replaces otherwise, and computes read-only attributes again", () => {
    const { state, replacing } = planned(
      SCHEMA,
      values("web", "a", "1", "web"),
      values("shop", "a", "1", "web"),
      IMMUTABLE,
    );
    expect(replacing).toEqual([["metadata", "name"]]);
    expect(state).toMatchObject({ metadata: [{ name: "shop", uid: Unknown.VALUE, note: "a" }] });
  });

  test("is empty for a deletion", () => {
    expect(planned(SCHEMA, values("web"), null, IMMUTABLE).state).toBeNull();
  });
});

describe("values", () => {
  test("are encoded and decoded without change, unknown ones too", () => {
    const value = { a: [1, "b", true, null, { c: Unknown.VALUE }] };
    expect(decodeValue(encodeValue(value))).toEqual(value);
    expect(decodeValue(undefined)).toBeNull();
  });

  test("are unknown also with refinements", () => {
    // An unknown value with refinements: extension 12 of one byte (an empty map).
    expect(decodeValue({ msgpack: new Uint8Array([0xd4, 12, 0x80]) })).toBe(Unknown.VALUE);
  });
});
