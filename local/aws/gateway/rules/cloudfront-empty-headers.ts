import { rewriteText } from "../response";
import type { Rule } from "../rule";

const EMPTY =
  /<(CustomHeadersConfig|RemoveHeadersConfig)>(?:(?!<\/\1>)[\s\S])*<Quantity>0<\/Quantity>(?:(?!<\/\1>)[\s\S])*<\/\1>/g;

/** MiniStack returns empty blocks for header settings that are not configured; every plan would remove them. */
export const cloudfrontEmptyHeaders: Rule = {
  name: "header settings that are not configured",
  applies: (call) => call.service === "cloudfront" && call.path.includes("/response-headers-policy"),
  handle: async (call, forward) => rewriteText(await forward(call), (xml) => xml.replace(EMPTY, "")),
};
