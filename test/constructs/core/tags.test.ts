import { TAG001 } from "@groundwork/constructs/core/rules";
import { checkedTags } from "@groundwork/constructs/core/tags";

describe("tags", () => {
  test("are returned unchanged when they are valid", () => {
    expect(checkedTags({ Team: "platform" })).toEqual({ Team: "platform" });
  });

  test.each([
    ["a reserved prefix", { "aws:team": "x" }],
    ["an empty key", { "": "x" }],
    ["a long key", { ["k".repeat(129)]: "x" }],
    ["a long value", { Team: "x".repeat(257) }],
    ["too many", Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, "x"]))],
  ])("rejects %s", (_, tags) => {
    expect(() => checkedTags(tags, "lab/Network")).toViolate(TAG001, /at lab\/Network/);
  });
});
