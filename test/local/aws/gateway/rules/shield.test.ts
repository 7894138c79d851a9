import { jsonOf } from "@groundwork/local/aws/gateway/response";
import { shield } from "@groundwork/local/aws/gateway/rules/shield";
import { callTo, emulator } from "../support";

describe("Shield Advanced", () => {
  const call = (action: string) =>
    callTo("shield", { headers: { "x-amz-target": `AWSShield_20160616.${action}` }, body: "{}" });

  test("has no subscription, so that the load balancer controller leaves it alone", async () => {
    const subscription = call("GetSubscriptionState");
    expect(shield.applies(subscription)).toBe(true);
    expect(jsonOf(await shield.handle(subscription, emulator("").forward))).toEqual({ SubscriptionState: "INACTIVE" });
  });

  test("has no other operation", () => {
    expect(shield.applies(call("CreateProtection"))).toBe(false);
  });
});
