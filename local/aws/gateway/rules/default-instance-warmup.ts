import { rewriteText } from "../response";
import type { Rule } from "../rule";

/** moto does not store how long the new instances of a group take to start. */
export function defaultInstanceWarmup(): Rule {
  const seconds = new Map<string, string>();
  const operations = ["CreateAutoScalingGroup", "UpdateAutoScalingGroup", "DescribeAutoScalingGroups"];
  return {
    name: "start time of new instances of a group",
    applies: (call) => call.service === "autoscaling" && operations.includes(call.action),
    async handle(call, forward) {
      const [group, warmup] = [call.form.get("AutoScalingGroupName"), call.form.get("DefaultInstanceWarmup")];
      if (group !== null && warmup !== null) seconds.set(`${call.region} ${group}`, warmup);
      const response = await forward(call);
      return call.action === "DescribeAutoScalingGroups"
        ? rewriteText(response, (xml) =>
            xml.replace(NAME, (text, name: string) => `${text}${shown(call.region, name)}`),
          )
        : response;
    },
  };

  function shown(region: string, name: string): string {
    const value = seconds.get(`${region} ${name}`);
    return value === undefined ? "" : `<DefaultInstanceWarmup>${value}</DefaultInstanceWarmup>`;
  }
}

/** Name of a group, which its ARN follows; names of the groups of hooks and policies are in other responses. */
const NAME = /<AutoScalingGroupName>([^<]+)<\/AutoScalingGroupName>(?=<AutoScalingGroupARN>)/g;
