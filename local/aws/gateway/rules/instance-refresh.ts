import { xmlAnswer } from "../answer";
import type { Rule } from "../rule";

/** moto has no instance refresh. Its machines are pretended, so there is nothing to refresh: say it has begun. */
export const instanceRefresh: Rule = {
  name: "instance refresh of a scaling group",
  applies: (call) => call.service === "autoscaling" && call.action === "StartInstanceRefresh",
  answer: () =>
    Promise.resolve(
      xmlAnswer(
        "<StartInstanceRefreshResponse><StartInstanceRefreshResult>" +
          "<InstanceRefreshId>00000000-0000-0000-0000-000000000000</InstanceRefreshId>" +
          "</StartInstanceRefreshResult></StartInstanceRefreshResponse>",
      ),
    ),
};
