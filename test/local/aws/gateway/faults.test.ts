import { FaultInjection } from "@groundwork/local/aws/gateway/faults";
import { callTo, emulator, textOf } from "./support";

describe("fault injection", () => {
  test("is disabled by default", () => {
    expect(new FaultInjection(() => 0).applies(callTo("ec2"))).toBe(false);
  });

  test("fails the configured share of calls", () => {
    const chances = [0.19, 0.21];
    const faults = new FaultInjection(() => chances.shift() ?? 1);
    faults.set({ probability: 0.2, kinds: ["error"] });
    expect([faults.applies(callTo("ec2")), faults.applies(callTo("ec2"))]).toEqual([true, false]);
  });

  test("does not apply to browsers and health probes", () => {
    const faults = new FaultInjection(() => 0);
    faults.set({ probability: 1, kinds: ["error"] });
    expect(faults.applies(callTo(""))).toBe(false);
  });

  test.each([
    ["ec2", 503, "RequestLimitExceeded"],
    ["s3", 503, "SlowDown"],
    ["iam", 400, "<Code>Throttling</Code>"],
    ["kms", 400, "ThrottlingException"],
  ])("throttles %s in the format of its protocol", async (service, status, text) => {
    const faults = new FaultInjection(() => 0);
    faults.set({ probability: 1, kinds: ["throttle"] });
    const response = await faults.handle(callTo(service));
    expect(response.status).toBe(status);
    expect(textOf(response)).toContain(text);
    expect(faults.injected).toBe(1);
  });

  test("fails before the call reaches the emulator", async () => {
    const { calls } = emulator("");
    const faults = new FaultInjection(() => 0);
    faults.set({ probability: 1, kinds: ["error"] });
    await faults.handle(callTo("ec2"));
    expect(calls).toEqual([]);
  });
});
