import { isFreeId } from "@groundwork/constructs/core/child-id";
import { Testing } from "cdktf";
import { Construct } from "constructs";

describe("isFreeId", () => {
  test("accepts an id that no child has", () => {
    expect(isFreeId(Testing.app(), "web")).toBe(true);
  });

  test.each(["", " ", "constructor", "toString", "__proto__", "taken", "a--b", "a/b"])("rejects %p", (id) => {
    const app = Testing.app();
    new Construct(app, "taken");
    new Construct(app, "a/b");
    expect(isFreeId(app, id)).toBe(false);
  });
});
