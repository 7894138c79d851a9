import { Lazy } from "cdktf";
import { suppressTokenTraces } from "@groundwork/constructs/synthesis/token-traces";
import { recordTokenTraces } from "../../support/token-traces";

beforeAll(recordTokenTraces);

function traceOf(token: unknown): readonly string[] {
  return (token as { creationStack: readonly string[] }).creationStack;
}

const makeToken = () => Lazy.anyValue({ produce: () => 1 });

describe("suppressTokenTraces", () => {
  test("suppresses the traces of tokens only, until the returned function is called", () => {
    const restore = suppressTokenTraces();
    const [token, error] = [makeToken(), new Error("x")];
    restore();
    expect(traceOf(token)).toEqual([]);
    expect(error.stack).toContain("token-traces.test.ts");
    expect(traceOf(makeToken()).length).toBeGreaterThan(0);
  });
});
