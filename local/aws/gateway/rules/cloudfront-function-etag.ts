import type { Rule } from "../rule";

/**
 * The response of UpdateFunction contains the version in a header that AWS's API model spells `ETtag`. MiniStack sends `ETag`,
 * which the client does not read, and the following publish is rejected. The rule sends both spellings.
 */
export const cloudfrontFunctionEtag: Rule = {
  name: "version of an updated CloudFront function",
  applies: (call) => call.service === "cloudfront" && call.method === "PUT" && /\/function\/[^/]+$/.test(call.path),
  async handle(call, forward) {
    const response = await forward(call);
    const etag = response.headers["etag"];
    return etag === undefined ? response : { ...response, headers: { ...response.headers, ETtag: etag } };
  },
};
