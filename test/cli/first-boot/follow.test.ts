import { followFirstBoot, type FollowProps } from "@groundwork/cli/first-boot/follow";
import { Unreachable } from "@groundwork/cli/first-boot/unreachable";

/** Follows a boot whose polls return one result after another, and the last one repeatedly. */
function follow(results: readonly (number | Error)[], props: Partial<FollowProps<number>> = {}) {
  let index = 0;
  return followFirstBoot<number>({
    subject: "lab",
    poll: () => {
      const result = results[Math.min(index, results.length - 1)] ?? 0;
      index += 1;
      return result instanceof Error ? Promise.reject(result) : Promise.resolve(result);
    },
    onStatus: () => undefined,
    isDone: (status) => status === 3,
    onUnreachable: () => undefined,
    describe: (status) => (status === undefined ? "unreachable" : `at ${status}`),
    timeoutMs: 2_000,
    intervalMs: 1,
    abort: new AbortController().signal,
    ...props,
  });
}

describe("followFirstBoot", () => {
  test("passes on each status and returns the last one", async () => {
    const statuses: number[] = [];
    expect(await follow([1, 2, 3], { onStatus: (status) => void statuses.push(status) })).toBe(3);
    expect(statuses).toEqual([1, 2, 3]);
  });

  test("retries when the machine is unreachable, and reports since when", async () => {
    const durations: number[] = [];
    const unreachable = new Unreachable("refused");
    const onUnreachable = (_: Unreachable, durationMs: number) => void durations.push(durationMs);
    expect(await follow([unreachable, unreachable, 1, unreachable, 3], { onUnreachable, intervalMs: 5 })).toBe(3);
    expect(durations).toHaveLength(3);
    expect([durations[0], durations[2]]).toEqual([0, 0]);
    expect(durations[1]).toBeGreaterThan(0);
  });

  test("fails at once for any other error, and when a status or an unreachable machine is final", async () => {
    await expect(follow([new Error("access denied")])).rejects.toThrow("access denied");
    const fail = (message: string) => () => {
      throw new Error(message);
    };
    await expect(follow([1], { onStatus: fail("step failed") })).rejects.toThrow("step failed");
    await expect(follow([new Unreachable("refused")], { onUnreachable: fail("too long") })).rejects.toThrow("too long");
  });

  test("fails at the timeout, with the last status", async () => {
    await expect(follow([1], { timeoutMs: 10 })).rejects.toThrow(
      "lab is not done after 0 s: at 1; the machines continue on their own",
    );
    await expect(follow([new Unreachable("refused")], { timeoutMs: 10 })).rejects.toThrow(": unreachable;");
  });
});
