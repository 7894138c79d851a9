import { rewriteText } from "../answer";
import type { Rule } from "../rule";

/** moto knows no throughput of a machine's root volume; 125 is what gp3 gives when nothing is asked. Another value is not kept. */
export const volumeThroughput: Rule = {
  name: "throughput of a gp3 volume",
  applies: (call) => call.service === "ec2" && call.action === "DescribeVolumes",
  answer: async (call, forward) =>
    rewriteText(await forward(call), (xml) =>
      xml.replace(
        /<volumeType>gp3<\/volumeType>(?![\s\S]{0,80}<throughput>)/g,
        "<volumeType>gp3</volumeType><throughput>125</throughput>",
      ),
    ),
};
