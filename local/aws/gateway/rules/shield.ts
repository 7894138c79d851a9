import { jsonResponse } from "../response";
import type { Rule } from "../rule";

/** Neither emulator has AWS Shield. The load balancer controller asks whether the account is subscribed to Shield Advanced. */
export const shield: Rule = {
  name: "subscription to Shield Advanced",
  applies: (call) => call.service === "shield" && call.action === "GetSubscriptionState",
  handle: () => Promise.resolve(jsonResponse({ SubscriptionState: "INACTIVE" })),
};
