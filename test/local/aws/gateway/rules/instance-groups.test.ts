import { instanceGroups } from "@groundwork/local/aws/gateway/rules/instance-groups";
import { emulator, queryCall } from "../support";

test("the groups of a machine's network card are its own, too", async () => {
  const { forward, asked } = emulator("");
  const card = { "NetworkInterface.1.DeviceIndex": "0", "NetworkInterface.1.SecurityGroupId.1": "sg-1" };
  await instanceGroups.answer(queryCall("ec2", { Action: "RunInstances", ...card }), forward);
  expect(Object.fromEntries(asked[0]?.form ?? [])).toMatchObject({ ...card, "SecurityGroupId.1": "sg-1" });
});
