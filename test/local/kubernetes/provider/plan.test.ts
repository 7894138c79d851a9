import { planned } from "@groundwork/local/kubernetes/provider/plan";
import type { Attribute, Block } from "@groundwork/local/kubernetes/provider/schema";
import { decodeValue, encodeValue, Unknown } from "@groundwork/local/kubernetes/provider/values";

const settable: Attribute = { type: "string", required: false, optional: true, computed: false };
const filled: Attribute = { ...settable, computed: true };
const said: Attribute = { ...filled, optional: false };

const SCHEMA: Block = {
  attributes: { id: filled },
  blocks: {
    metadata: {
      nesting: "list",
      minItems: 1,
      maxItems: 1,
      block: { attributes: { name: filled, uid: said, note: settable }, blocks: {} },
    },
  },
};

const FIXED = ["metadata.name"];
const wish = (
  name: string | null,
  note: string | null = null,
  uid: string | null = null,
  id: string | null = null,
) => ({
  id,
  metadata: [{ name, uid, note }],
});

describe("a plan", () => {
  test("leaves to the provider what nobody says, and nothing else", () => {
    expect(planned(SCHEMA, null, wish("web"), FIXED)).toEqual({
      state: { id: Unknown.VALUE, metadata: [{ name: "web", uid: Unknown.VALUE, note: null }] },
      replacing: [],
    });
  });

  test("changes in place what can be changed", () => {
    const prior = wish("web", "a", "1", "web");
    const proposed = wish("web", "b", "1", "web");
    expect(planned(SCHEMA, prior, proposed, FIXED)).toEqual({ state: proposed, replacing: [] });
  });

  test("makes anew what cannot, and asks again what only the provider says", () => {
    const { state, replacing } = planned(SCHEMA, wish("web", "a", "1", "web"), wish("shop", "a", "1", "web"), FIXED);
    expect(replacing).toEqual([["metadata", "name"]]);
    expect(state).toMatchObject({ metadata: [{ name: "shop", uid: Unknown.VALUE, note: "a" }] });
  });

  test("is empty for what is to go", () => {
    expect(planned(SCHEMA, wish("web"), null, FIXED).state).toBeNull();
  });
});

describe("values", () => {
  test("travel unchanged, unknown ones too", () => {
    const value = { a: [1, "b", true, null, { c: Unknown.VALUE }] };
    expect(decodeValue(encodeValue(value))).toEqual(value);
    expect(decodeValue(undefined)).toBeNull();
  });

  test("are unknown also when something is known about them", () => {
    // A refined unknown, as Terraform writes it: extension 12 of one byte (an empty map).
    expect(decodeValue({ msgpack: new Uint8Array([0xd4, 12, 0x80]) })).toBe(Unknown.VALUE);
  });
});
