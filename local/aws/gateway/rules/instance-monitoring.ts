import { rewriteText, xmlResponse } from "../response";
import type { Rule } from "../rule";

/** Detailed monitoring of instances: moto returns 500 for the operation and always shows monitoring as disabled. */
export function instanceMonitoring(): Rule {
  const monitored = new Set<string>();
  return {
    name: "detailed monitoring of instances",
    applies: (call) =>
      call.service === "ec2" && ["MonitorInstances", "UnmonitorInstances", "DescribeInstances"].includes(call.action),
    async handle(call, forward) {
      if (call.action === "DescribeInstances") {
        return rewriteText(await forward(call), (xml) => [...monitored].reduce(showAsMonitored, xml));
      }
      for (const [key, id] of call.form) {
        if (!key.startsWith("InstanceId.")) continue;
        if (call.action === "MonitorInstances") monitored.add(id);
        else monitored.delete(id);
      }
      return xmlResponse(
        `<${call.action}Response><requestId>gateway</requestId><instancesSet/></${call.action}Response>`,
      );
    },
  };
}

function showAsMonitored(xml: string, id: string): string {
  return xml.replace(new RegExp(`(<instanceId>${id}</instanceId>[\\s\\S]*?<monitoring>\\s*<state>)[^<]*`), "$1enabled");
}
