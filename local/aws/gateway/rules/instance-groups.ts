import type { Rule } from "../rule";

/** Security groups of a machine that asks for a public address come with its network card; moto shows only the machine's own. */
export const instanceGroups: Rule = {
  name: "security groups of a machine with a public address",
  applies: (call) => call.service === "ec2" && call.action === "RunInstances",
  answer: (call, forward) => {
    const form = new URLSearchParams(call.form);
    for (const [key, group] of call.form) {
      const number = /^NetworkInterface\.1\.SecurityGroupId\.(\d+)$/.exec(key)?.[1];
      if (number !== undefined) form.set(`SecurityGroupId.${number}`, group);
    }
    return forward({ ...call, form, body: Buffer.from(form.toString()) });
  },
};
