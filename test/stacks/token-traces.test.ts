import { Lazy } from "cdktf";
import { suppressTokenTraces, withoutTokenTraces } from "@groundwork/stacks/token-traces";
import { recordTokenTraces } from "../support/token-traces";

beforeAll(recordTokenTraces);

function traceOf(token: unknown): readonly string[] {
  return (token as { creationStack: readonly string[] }).creationStack;
}

const makeToken = () => Lazy.anyValue({ produce: () => 1 });

describe("withoutTokenTraces", () => {
  test("suppresses the traces of tokens only", () => {
    const { token, error } = withoutTokenTraces(() => ({ token: makeToken(), error: new Error("x") }));
    expect(traceOf(token)).toEqual([]);
    expect(error.stack).toContain("token-traces.test.ts");
    expect(traceOf(makeToken()).length).toBeGreaterThan(0);
  });

  test("fails with the trace of the token", () => {
    const fail = () => {
      const lines = traceOf(makeToken()).length;
      throw new Error(`made ${lines > 0 ? "with" : "without"} a trace`);
    };
    expect(() => withoutTokenTraces(fail)).toThrow("made with a trace");
  });
});

describe("suppressTokenTraces", () => {
  test("suppresses traces until the returned function is called", () => {
    const restore = suppressTokenTraces();
    expect(traceOf(makeToken())).toEqual([]);
    restore();
    expect(traceOf(makeToken()).length).toBeGreaterThan(0);
  });
});
