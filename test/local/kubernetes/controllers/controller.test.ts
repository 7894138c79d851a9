import { run } from "@groundwork/local/kubernetes/controllers/controller";
import { waitUntil } from "@groundwork/tooling/polling";

describe("a controller", () => {
  test("continues after an error, which is logged once", async () => {
    let count = 0;
    const lines: string[] = [];
    const reconcile = () => {
      count += 1;
      // The last comparison never ends, so that the test does.
      if (count > 4) return new Promise<void>(() => undefined);
      return count < 4 ? Promise.reject(new Error("no connection")) : Promise.resolve();
    };
    void run({ name: "nodes", everyMs: 1, reconcile }, (line) => lines.push(line));
    expect(await waitUntil(() => count === 5, 5_000)).toBe(true);
    expect(lines).toEqual(["nodes: no connection"]);
  });
});
