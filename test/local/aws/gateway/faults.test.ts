import { FaultInjection } from "@groundwork/local/aws/gateway/faults";
import { callTo, emulator, textOf } from "./support";

describe("the fault switch", () => {
  test("lets everything pass until it is set", () => {
    expect(new FaultInjection(() => 0).applies(callTo("ec2"))).toBe(false);
  });

  test("fails the share it is set to", () => {
    const chances = [0.19, 0.21];
    const faults = new FaultInjection(() => chances.shift() ?? 1);
    faults.set({ probability: 0.2, kinds: ["error"] });
    expect([faults.applies(callTo("ec2")), faults.applies(callTo("ec2"))]).toEqual([true, false]);
  });

  test("leaves browsers and health probes alone", () => {
    const faults = new FaultInjection(() => 0);
    faults.set({ probability: 1, kinds: ["error"] });
    expect(faults.applies(callTo(""))).toBe(false);
  });

  test.each([
    ["ec2", 503, "RequestLimitExceeded"],
    ["s3", 503, "SlowDown"],
    ["iam", 400, "<Code>Throttling</Code>"],
    ["kms", 400, "ThrottlingException"],
  ])("throttles %s in its own words", async (service, status, words) => {
    const faults = new FaultInjection(() => 0);
    faults.set({ probability: 1, kinds: ["throttle"] });
    const answer = await faults.answer(callTo(service));
    expect(answer.status).toBe(status);
    expect(textOf(answer)).toContain(words);
    expect(faults.injected).toBe(1);
  });

  test("fails before the emulator has acted", async () => {
    const { asked } = emulator("");
    const faults = new FaultInjection(() => 0);
    faults.set({ probability: 1, kinds: ["error"] });
    await faults.answer(callTo("ec2"));
    expect(asked).toEqual([]);
  });
});
