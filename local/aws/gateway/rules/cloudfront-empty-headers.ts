import { rewriteText } from "../answer";
import type { Rule } from "../rule";

const EMPTY =
  /<(CustomHeadersConfig|RemoveHeadersConfig)>(?:(?!<\/\1>)[\s\S])*<Quantity>0<\/Quantity>(?:(?!<\/\1>)[\s\S])*<\/\1>/g;

/** MiniStack returns empty blocks for header settings nobody made; Terraform would want to remove them on every plan. */
export const cloudfrontEmptyHeaders: Rule = {
  name: "header settings nobody made",
  applies: (call) => call.service === "cloudfront" && call.path.includes("/response-headers-policy"),
  answer: async (call, forward) => rewriteText(await forward(call), (xml) => xml.replace(EMPTY, "")),
};
