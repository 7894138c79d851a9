import type { GatewayResponse, Call } from "../call";
import { rewriteText } from "../response";
import type { Rule } from "../rule";

/** The entries of an ACL, followed by the ACL's id. */
const ENTRIES = /<entrySet>([\s\S]*?)<\/entrySet>([\s\S]*?<networkAclId>([^<]+)<)/g;
const ENTRY = /<item>((?:(?!<\/item>)[\s\S])*)<\/item>/g;

/** moto never returns the ICMP type and code of an ACL entry: every plan would change the entry. */
export function networkAclIcmp(): Rule {
  const icmpOf = new Map<string, string>();
  return {
    name: "ICMP type and code of a network ACL entry",
    applies: (call) =>
      call.service === "ec2" &&
      ["CreateNetworkAclEntry", "ReplaceNetworkAclEntry", "DescribeNetworkAcls"].includes(call.action),
    async handle(call, forward) {
      const response = await forward(call);
      if (call.action === "DescribeNetworkAcls") return showIcmp(response, icmpOf);
      storeIcmp(call, icmpOf);
      return response;
    },
  };
}

function storeIcmp({ form }: Call, icmpOf: Map<string, string>): void {
  const key = `${form.get("NetworkAclId") ?? ""} ${form.get("Egress") ?? "false"} ${form.get("RuleNumber") ?? ""}`;
  const type = form.get("Icmp.Type");
  if (type === null) icmpOf.delete(key);
  else
    icmpOf.set(key, `<icmpTypeCode><code>${form.get("Icmp.Code") ?? "-1"}</code><type>${type}</type></icmpTypeCode>`);
}

function showIcmp(response: GatewayResponse, icmpOf: ReadonlyMap<string, string>): GatewayResponse {
  return rewriteText(response, (xml) =>
    xml.replace(ENTRIES, (_all, entries: string, after: string, id: string) => {
      const shown = entries.replace(ENTRY, (_item, entry: string) => {
        const egress = /<egress>([^<]+)</.exec(entry)?.[1] ?? "";
        const number = /<ruleNumber>([^<]+)</.exec(entry)?.[1] ?? "";
        // A rule with another protocol may have reused the number of a deleted rule: only protocols 1 and 58 have a type.
        const icmp = /<protocol>(1|58)<\/protocol>/.test(entry) ? (icmpOf.get(`${id} ${egress} ${number}`) ?? "") : "";
        return `<item>${entry}${icmp}</item>`;
      });
      return `<entrySet>${shown}</entrySet>${after}`;
    }),
  );
}
