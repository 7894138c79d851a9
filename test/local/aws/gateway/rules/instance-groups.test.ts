import { instanceGroups } from "@groundwork/local/aws/gateway/rules/instance-groups";
import { emulator, queryCall } from "../support";

test("the security groups of an instance's network interface are also those of the instance", async () => {
  const { forward, calls } = emulator("");
  const card = { "NetworkInterface.1.DeviceIndex": "0", "NetworkInterface.1.SecurityGroupId.1": "sg-1" };
  await instanceGroups.handle(queryCall("ec2", { Action: "RunInstances", ...card }), forward);
  expect(Object.fromEntries(calls[0]?.form ?? [])).toMatchObject({ ...card, "SecurityGroupId.1": "sg-1" });
});
