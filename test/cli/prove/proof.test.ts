import { errorsOf } from "@groundwork/cli/prove/proof";

describe("errorsOf", () => {
  test.each([
    [{ code: 0, errors: [] }, []],
    [{ code: 0, errors: ["Warning: a deprecated argument"] }, []],
    [{ code: 1, errors: ["Error: no role"] }, ["Error: no role"]],
    [{ code: 1, errors: [] }, ["Terraform ended with code 1 and no message"]],
    [{ code: null, errors: [] }, ["Terraform ended with a signal and no message"]],
  ])("of %j are %p", (outcome, errors) => {
    expect(errorsOf(outcome)).toEqual(errors);
  });
});
