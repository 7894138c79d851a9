import { rewriteText } from "../response";
import type { Rule } from "../rule";

const OWN_TAGS =
  /<item>\s*<resourceType>launch-template<\/resourceType>\s*(?:<tagSet>[\s\S]*?<\/tagSet>|<tagSet\s*\/>)\s*<\/item>/g;

/** moto returns a template's own tags among the tags for instances; every plan would remove them. */
export const launchTemplateTags: Rule = {
  name: "tags of a launch template",
  applies: (call) => call.service === "ec2" && call.action === "DescribeLaunchTemplateVersions",
  handle: async (call, forward) => rewriteText(await forward(call), (xml) => xml.replace(OWN_TAGS, "")),
};
