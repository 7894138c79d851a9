import { TAG001 } from "@groundwork/constructs/core/rules";
import { checkedTags } from "@groundwork/constructs/core/tags";

describe("tags", () => {
  test("are returned unchanged when they are valid", () => {
    expect(checkedTags({ Team: "platform" })).toEqual({ Team: "platform" });
  });

  test.each([
    ["a reserved prefix in other case", { "AWS:team": "x" }],
    ["a reserved prefix", { "aws:team": "x" }],
    ["an empty key", { "": "x" }],
    ["a long key", { ["k".repeat(129)]: "x" }],
    ["a long value", { Team: "x".repeat(257) }],
    ["too many", Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, "x"]))],
  ])("rejects %s", (_, tags) => {
    expect(() => checkedTags(tags, "lab/Network")).toViolate(TAG001, /at lab\/Network/);
  });

  test("counts the tags that the construct and the provider add", () => {
    const tags = Object.fromEntries(Array.from({ length: 47 }, (_, n) => [`k${n}`, "x"]));
    expect(() => checkedTags(tags, "lab/Network", 3)).not.toThrow();
    expect(() => checkedTags(tags, "lab/Network", 4)).toViolate(TAG001, /47 tags, and 4 .* add; keep at most 46/);
  });

  test("accept every value within the limits, counted in characters", () => {
    expect(checkedTags({ ["😀".repeat(128)]: "Größe “q”" })).toEqual({ ["😀".repeat(128)]: "Größe “q”" });
    expect(checkedTags({ Owner: `${"x".repeat(300)}\${TfToken[TOKEN.1]}` })["Owner"]).toContain("TfToken");
  });

  test("are not evaluated by Terraform", () => {
    expect(checkedTags({ "${a}": "${x} %{y}" })).toEqual({ "$${a}": "$${x} %%{y}" });
  });
});
