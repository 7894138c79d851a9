import type { Answer, Call } from "../call";
import { rewriteText } from "../answer";
import type { Rule } from "../rule";

/** An ACL's entries and, after them, the ACL's own id. */
const ENTRIES = /<entrySet>([\s\S]*?)<\/entrySet>([\s\S]*?<networkAclId>([^<]+)<)/g;
const ENTRY = /<item>((?:(?!<\/item>)[\s\S])*)<\/item>/g;

/** moto keeps the ICMP type and code of an ACL's entry and never shows them: Terraform would write the entry anew on every plan. */
export function networkAclIcmp(): Rule {
  const icmpOf = new Map<string, string>();
  return {
    name: "ICMP type and code of a network ACL's entry",
    applies: (call) =>
      call.service === "ec2" &&
      ["CreateNetworkAclEntry", "ReplaceNetworkAclEntry", "DescribeNetworkAcls"].includes(call.action),
    async answer(call, forward) {
      const answer = await forward(call);
      if (call.action === "DescribeNetworkAcls") return showIcmp(answer, icmpOf);
      remember(call, icmpOf);
      return answer;
    },
  };
}

function remember({ form }: Call, icmpOf: Map<string, string>): void {
  const key = `${form.get("NetworkAclId") ?? ""} ${form.get("Egress") ?? "false"} ${form.get("RuleNumber") ?? ""}`;
  const type = form.get("Icmp.Type");
  if (type === null) icmpOf.delete(key);
  else
    icmpOf.set(key, `<icmpTypeCode><code>${form.get("Icmp.Code") ?? "-1"}</code><type>${type}</type></icmpTypeCode>`);
}

function showIcmp(answer: Answer, icmpOf: ReadonlyMap<string, string>): Answer {
  return rewriteText(answer, (xml) =>
    xml.replace(ENTRIES, (_all, entries: string, after: string, id: string) => {
      const shown = entries.replace(ENTRY, (_item, entry: string) => {
        const egress = /<egress>([^<]+)</.exec(entry)?.[1] ?? "";
        const number = /<ruleNumber>([^<]+)</.exec(entry)?.[1] ?? "";
        // A rule that is gone may have left its number to one without ICMP: only protocols 1 and 58 have a type.
        const icmp = /<protocol>(1|58)<\/protocol>/.test(entry) ? (icmpOf.get(`${id} ${egress} ${number}`) ?? "") : "";
        return `<item>${entry}${icmp}</item>`;
      });
      return `<entrySet>${shown}</entrySet>${after}`;
    }),
  );
}
