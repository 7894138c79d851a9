import { rewriteText } from "../answer";
import type { Rule } from "../rule";

/** A machine without a public address: moto shows an empty association, which clients take for one. */
export const publicAddress: Rule = {
  name: "public addresses that machines do not have",
  applies: (call) =>
    call.service === "ec2" && ["DescribeInstances", "DescribeNetworkInterfaces", "RunInstances"].includes(call.action),
  answer: async (call, forward) =>
    rewriteText(await forward(call), (xml) => xml.replace(/<association>\s*<\/association>|<association\s*\/>/g, "")),
};
