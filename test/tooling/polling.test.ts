import { waitUntil } from "@groundwork/tooling/polling";

describe("waitUntil", () => {
  test("returns false after the timeout", async () => {
    expect(await waitUntil(() => false, 20, 5)).toBe(false);
  });

  test("checks immediately, then polls until the condition is true", async () => {
    let checks = 0;
    expect(await waitUntil(() => Promise.resolve(++checks === 3), 1_000, 1)).toBe(true);
    expect(checks).toBe(3);
    expect(await waitUntil(() => true, 0)).toBe(true);
  });

  test("ends with an error on abort", async () => {
    const controller = new AbortController();
    const waiting = waitUntil(() => false, 60_000, 10_000, controller.signal);
    controller.abort(new Error("interrupted"));
    await expect(waiting).rejects.toThrow("aborted");
  });
});
