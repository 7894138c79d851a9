import { parseArn } from "../../iam/arn";
import { SIT004 } from "../rules";

/** Refuses a web ACL that guards regions instead of the edge. */
export function checkedWebAcl(webAclArn: string, at: { readonly node: { readonly path: string } }): string {
  const arn = parseArn(webAclArn, "wafv2", at);
  if (arn !== undefined && !arn.resource.startsWith("global/webacl/"))
    throw SIT004.violation({ at, given: `"${webAclArn}"`, fix: "make the ACL with scope CLOUDFRONT in us-east-1" });
  return webAclArn;
}
