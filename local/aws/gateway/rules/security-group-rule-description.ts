import { rewriteText } from "../response";
import type { Call } from "../call";
import type { Rule } from "../rule";

const ID = /<securityGroupRuleId>([^<]+)<\/securityGroupRuleId>/g;

/** moto loses the description of a rule that references a group; every plan would set it again. */
export function securityGroupRuleDescription(): Rule {
  const descriptionOf = new Map<string, string>();
  return {
    name: "description of a security group rule that references a group",
    applies: (call) =>
      call.service === "ec2" &&
      /^(AuthorizeSecurityGroup|ModifySecurityGroupRules|DescribeSecurityGroupRules)/.test(call.action),
    async handle(call, forward) {
      const response = await forward(call);
      if (call.action === "DescribeSecurityGroupRules")
        return rewriteText(response, (xml) =>
          xml.replace(ID, (id, rule: string) => {
            const description = descriptionOf.get(rule);
            return description === undefined ? id : `${id}<description>${escaped(description)}</description>`;
          }),
        );
      const [, created] = new RegExp(ID.source).exec(response.body.toString()) ?? [];
      const rule = created ?? call.form.get("SecurityGroupRule.1.SecurityGroupRuleId");
      const description = groupDescription(call);
      if (rule !== null && description !== undefined) descriptionOf.set(rule, description);
      return response;
    },
  };
}

/** The provider sends one rule per call, so there is one group and one description. */
function groupDescription({ form }: Call): string | undefined {
  const names = /^IpPermissions\.1\.(Groups|UserIdGroupPairs)\.1\.Description$/;
  const named = [...form].find(([key]) => names.test(key))?.[1];
  const isGroup = form.has("SecurityGroupRule.1.SecurityGroupRule.ReferencedGroupId");
  return named ?? (isGroup ? (form.get("SecurityGroupRule.1.SecurityGroupRule.Description") ?? undefined) : undefined);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
