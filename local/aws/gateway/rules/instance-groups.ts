import type { Rule } from "../rule";

/** For an instance with a public address, the security groups are set on the network interface; moto returns only those of the instance. */
export const instanceGroups: Rule = {
  name: "security groups of an instance with a public address",
  applies: (call) => call.service === "ec2" && call.action === "RunInstances",
  handle: (call, forward) => {
    const form = new URLSearchParams(call.form);
    for (const [key, group] of call.form) {
      const number = /^NetworkInterface\.1\.SecurityGroupId\.(\d+)$/.exec(key)?.[1];
      if (number !== undefined) form.set(`SecurityGroupId.${number}`, group);
    }
    return forward({ ...call, form, body: Buffer.from(form.toString()) });
  },
};
