import { parseArn } from "../../iam/arn";
import { SIT004 } from "../rules";

/** Rejects a regional web ACL; returns the ARN unchanged. */
export function checkedWebAcl(webAclArn: string, at: { readonly node: { readonly path: string } }): string {
  const arn = parseArn(webAclArn, "wafv2", at);
  if (arn !== undefined && !arn.resource.startsWith("global/webacl/"))
    throw SIT004.violation({ at, given: `"${webAclArn}"`, fix: "create the ACL with scope CLOUDFRONT in us-east-1" });
  return webAclArn;
}
