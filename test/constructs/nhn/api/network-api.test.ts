import { ApiToken } from "@groundwork/constructs/nhn/api/network-api";
import { TerraformStack } from "cdktf";
import { synthesized, testApp } from "../../../support/fixture";

describe("ApiToken", () => {
  test("is an ephemeral variable, which neither state nor plan contains", () => {
    const stack = new TerraformStack(testApp(), "test");
    new ApiToken(stack);
    expect(synthesized(stack)["variable"]).toMatchObject({
      nhn_token: { ephemeral: true, sensitive: true, type: "string" },
    });
  });
});
