import { autoScalingConstants } from "@groundwork/local/aws/gateway/rules/auto-scaling-constants";
import { defaultInstanceWarmup } from "@groundwork/local/aws/gateway/rules/default-instance-warmup";
import { emulator, queryCall, textOf } from "../support";

describe("fleets", () => {
  test("a lifecycle hook has no constants of the emulator", async () => {
    const constants =
      "<NotificationTargetARN>arn:aws:sqs:us-east-1:123456789012:my-queue</NotificationTargetARN><RoleARN>arn:aws:iam::1234567890:role/my-auto-scaling-role</RoleARN>";
    const { forward } = emulator(`<member>${constants}<HeartbeatTimeout>60</HeartbeatTimeout></member>`);
    const call = queryCall("autoscaling", { Action: "DescribeLifecycleHooks" });
    expect(textOf(await autoScalingConstants.handle(call, forward))).toBe(
      "<member><HeartbeatTimeout>60</HeartbeatTimeout></member>",
    );
  });

  test("a scaling policy is enabled", async () => {
    const { forward } = emulator("<member><PredictiveScalingConfiguration/></member>");
    const call = queryCall("autoscaling", { Action: "DescribePolicies" });
    expect(textOf(await autoScalingConstants.handle(call, forward))).toBe("<member><Enabled>true</Enabled></member>");
  });

  test("a group has the start time with which it was created", async () => {
    const xml = (name: string) =>
      `<AutoScalingGroupName>${name}</AutoScalingGroupName><AutoScalingGroupARN>arn</AutoScalingGroupARN>`;
    const { forward } = emulator(xml("web") + xml("other"));
    const rule = defaultInstanceWarmup();
    await rule.handle(
      queryCall("autoscaling", {
        Action: "CreateAutoScalingGroup",
        AutoScalingGroupName: "web",
        DefaultInstanceWarmup: "300",
      }),
      forward,
    );
    const described = await rule.handle(queryCall("autoscaling", { Action: "DescribeAutoScalingGroups" }), forward);
    expect(textOf(described)).toContain("</AutoScalingGroupName><DefaultInstanceWarmup>300</DefaultInstanceWarmup>");
    expect(textOf(described).match(/DefaultInstanceWarmup>/g)).toHaveLength(2);
  });
});
