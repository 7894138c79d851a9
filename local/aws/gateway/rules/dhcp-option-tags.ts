import type { Rule } from "../rule";

/** moto ignores the tags of CreateDhcpOptions, so that every apply would tag the set again. The rule tags it after creation. */
export const dhcpOptionTags: Rule = {
  name: "tags of a new DHCP option set",
  applies: (call) => call.service === "ec2" && call.action === "CreateDhcpOptions",
  async handle(call, forward) {
    const created = await forward(call);
    const id = /<dhcpOptionsId>([^<]+)</.exec(created.body.toString())?.[1];
    const tags = [...call.form]
      .map(([key, value]) => [/^TagSpecification\.1\.(Tag\..+)$/.exec(key)?.[1], value] as const)
      .filter((pair): pair is readonly [string, string] => pair[0] !== undefined);
    if (id === undefined || tags.length === 0) return created;

    const form = new URLSearchParams({
      Action: "CreateTags",
      Version: "2016-11-15",
      "ResourceId.1": id,
      ...Object.fromEntries(tags),
    });
    await forward({ ...call, action: "CreateTags", form, body: Buffer.from(form.toString()) });
    return created;
  },
};
