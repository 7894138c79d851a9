import { rewriteText } from "../answer";
import type { Call } from "../call";
import type { Rule } from "../rule";

const ID = /<securityGroupRuleId>([^<]+)<\/securityGroupRuleId>/g;

/** moto drops the description of a rule that names a group; Terraform would write it anew on every plan. */
export function securityGroupRuleDescription(): Rule {
  const descriptionOf = new Map<string, string>();
  return {
    name: "description of a security group rule that names a group",
    applies: (call) =>
      call.service === "ec2" &&
      /^(AuthorizeSecurityGroup|ModifySecurityGroupRules|DescribeSecurityGroupRules)/.test(call.action),
    async answer(call, forward) {
      const answer = await forward(call);
      if (call.action === "DescribeSecurityGroupRules")
        return rewriteText(answer, (xml) =>
          xml.replace(ID, (id, rule: string) => {
            const description = descriptionOf.get(rule);
            return description === undefined ? id : `${id}<description>${escaped(description)}</description>`;
          }),
        );
      const [, made] = new RegExp(ID.source).exec(answer.body.toString()) ?? [];
      const rule = made ?? call.form.get("SecurityGroupRule.1.SecurityGroupRuleId");
      const description = groupDescription(call);
      if (rule !== null && description !== undefined) descriptionOf.set(rule, description);
      return answer;
    },
  };
}

/** The provider writes one rule a call, so there is one group and one description. */
function groupDescription({ form }: Call): string | undefined {
  const names = /^IpPermissions\.1\.(Groups|UserIdGroupPairs)\.1\.Description$/;
  const named = [...form].find(([key]) => names.test(key))?.[1];
  const isGroup = form.has("SecurityGroupRule.1.SecurityGroupRule.ReferencedGroupId");
  return named ?? (isGroup ? (form.get("SecurityGroupRule.1.SecurityGroupRule.Description") ?? undefined) : undefined);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
