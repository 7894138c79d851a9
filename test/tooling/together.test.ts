import { setTimeout as sleep } from "node:timers/promises";
import { allInTurn, together } from "@groundwork/tooling/together";

const LONG_MS = 60_000;

describe("calls at the same time", () => {
  test("return their results in order", async () => {
    expect(
      await together(undefined, [
        async () => {
          await sleep(5);
          return "slow";
        },
        () => Promise.resolve("fast"),
      ]),
    ).toEqual(["slow", "fast"]);
  });

  test("end when one of them fails, whose error is thrown after the others have ended", async () => {
    let hasEnded = false;
    const waiting = async (abort: AbortSignal) => {
      await sleep(LONG_MS, undefined, { signal: abort }).catch(() => undefined);
      await sleep(5);
      hasEnded = true;
      throw new Error("consequence");
    };
    const failing = () => Promise.reject(new Error("cause"));
    await expect(together(undefined, [waiting, failing])).rejects.toThrow("cause");
    expect(hasEnded).toBe(true);
  });

  test("end when they are aborted from outside", async () => {
    const abort = new AbortController();
    const run = together(abort.signal, [(signal) => sleep(LONG_MS, undefined, { signal })]);
    abort.abort(new Error("interrupted"));
    await expect(run).rejects.toThrow();
  });
});

describe("steps in turn", () => {
  test("all run, and the first error is thrown at the end", async () => {
    const done: string[] = [];
    const step = (name: string, message?: string) => () => {
      done.push(name);
      if (message !== undefined) throw new Error(message);
    };
    await expect(allInTurn([step("a", "first"), step("b", "second"), step("c")])).rejects.toThrow("first");
    expect(done).toEqual(["a", "b", "c"]);
  });
});
