import { publicAddress } from "@groundwork/local/aws/gateway/rules/public-address";
import { emulator, queryCall, textOf } from "../support";

test("an instance without a public address has no association", async () => {
  const real = "<association><publicIp>203.0.113.1</publicIp></association>";
  const { forward } = emulator(
    `<item><association /></item><item><association></association></item><item>${real}</item>`,
  );
  const response = await publicAddress.handle(queryCall("ec2", { Action: "DescribeInstances" }), forward);
  expect(textOf(response)).toBe(`<item></item><item></item><item>${real}</item>`);
});
