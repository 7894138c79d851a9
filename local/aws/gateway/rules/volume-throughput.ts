import { rewriteText } from "../response";
import type { Rule } from "../rule";

/** moto returns no throughput for the root volume of an instance. The rule adds 125, the default of gp3; other values are not stored. */
export const volumeThroughput: Rule = {
  name: "throughput of a gp3 volume",
  applies: (call) => call.service === "ec2" && call.action === "DescribeVolumes",
  handle: async (call, forward) =>
    rewriteText(await forward(call), (xml) =>
      xml.replace(
        /<volumeType>gp3<\/volumeType>(?![\s\S]{0,80}<throughput>)/g,
        "<volumeType>gp3</volumeType><throughput>125</throughput>",
      ),
    ),
};
