import { rewriteText } from "../response";
import type { Rule } from "../rule";

/** For an instance without a public address moto returns an empty association, which clients treat as an address. */
export const publicAddress: Rule = {
  name: "missing public addresses of instances",
  applies: (call) =>
    call.service === "ec2" && ["DescribeInstances", "DescribeNetworkInterfaces", "RunInstances"].includes(call.action),
  handle: async (call, forward) =>
    rewriteText(await forward(call), (xml) => xml.replace(/<association>\s*<\/association>|<association\s*\/>/g, "")),
};
