import type { Rule } from "../rule";

/**
 * UpdateFunction's answer names its version in a header that AWS's API model spells `ETtag`. MiniStack spells it right,
 * the client reads it wrong, and the following publish is refused: send both spellings.
 */
export const cloudfrontFunctionEtag: Rule = {
  name: "version of an updated CloudFront function",
  applies: (call) => call.service === "cloudfront" && call.method === "PUT" && /\/function\/[^/]+$/.test(call.path),
  async answer(call, forward) {
    const answer = await forward(call);
    const etag = answer.headers["etag"];
    return etag === undefined ? answer : { ...answer, headers: { ...answer.headers, ETtag: etag } };
  },
};
