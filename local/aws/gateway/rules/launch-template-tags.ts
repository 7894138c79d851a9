import { rewriteText } from "../answer";
import type { Rule } from "../rule";

const OWN_TAGS =
  /<item>\s*<resourceType>launch-template<\/resourceType>\s*(?:<tagSet>[\s\S]*?<\/tagSet>|<tagSet\s*\/>)\s*<\/item>/g;

/** moto shows a template's own tags among the tags it gives to machines, which Terraform would want to remove on every plan. */
export const launchTemplateTags: Rule = {
  name: "a launch template's own tags",
  applies: (call) => call.service === "ec2" && call.action === "DescribeLaunchTemplateVersions",
  answer: async (call, forward) => rewriteText(await forward(call), (xml) => xml.replace(OWN_TAGS, "")),
};
