import { xmlResponse } from "../response";
import type { Rule } from "../rule";

/** moto has no instance refresh. Its instances are not real, so the rule only returns an id. */
export const instanceRefresh: Rule = {
  name: "instance refresh of an Auto Scaling group",
  applies: (call) => call.service === "autoscaling" && call.action === "StartInstanceRefresh",
  handle: () =>
    Promise.resolve(
      xmlResponse(
        "<StartInstanceRefreshResponse><StartInstanceRefreshResult>" +
          "<InstanceRefreshId>00000000-0000-0000-0000-000000000000</InstanceRefreshId>" +
          "</StartInstanceRefreshResult></StartInstanceRefreshResponse>",
      ),
    ),
};
