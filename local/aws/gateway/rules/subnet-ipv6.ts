import { rewriteText } from "../response";
import type { Call } from "../call";
import type { Rule } from "../rule";

/** The provider waits for a subnet's IPv6 block with this filter. */
const FILTER = "ipv6-cidr-block-association.association-id";

/**
 * IPv6 blocks of subnets. moto returns 500 for the filter that the provider uses, and the state of a new block as a Python
 * dictionary. The rule filters by the subnet id instead, and returns the state as a string.
 */
export function subnetIpv6(): Rule {
  const subnetOf = new Map<string, string>();
  return {
    name: "IPv6 blocks of subnets",
    applies: (call) =>
      call.service === "ec2" && ["CreateSubnet", "AssociateSubnetCidrBlock", "DescribeSubnets"].includes(call.action),
    async handle(call, forward) {
      const response = rewriteText(await forward(bySubnet(call, subnetOf)), (xml) =>
        xml.replaceAll(/\{'State': '(\w+)'\}/g, "$1"),
      );
      const xml = response.body.toString();
      const subnet = /<subnetId>([^<]+)</.exec(xml)?.[1];
      if (call.action !== "DescribeSubnets" && subnet !== undefined)
        for (const [, association = ""] of xml.matchAll(/<associationId>([^<]+)</g)) subnetOf.set(association, subnet);
      return response;
    },
  };
}

function bySubnet(call: Call, subnetOf: ReadonlyMap<string, string>): Call {
  const [name] = [...call.form].find(([, value]) => value === FILTER) ?? [];
  if (name === undefined) return call;
  const form = new URLSearchParams(call.form);
  form.set(name, "subnet-id");
  const value = name.replace(/Name$/, "Value.1");
  form.set(value, subnetOf.get(form.get(value) ?? "") ?? "subnet-unknown");
  return { ...call, form, body: Buffer.from(form.toString()) };
}
