import { AwsProviderVersion } from "@groundwork/constructs/aws/provider-version";
import { AWS006 } from "@groundwork/constructs/aws/rules";
import { awsStack, synthesized } from "../../support/fixture";

describe("AwsProviderVersion", () => {
  test.each([AwsProviderVersion.DEFAULT, "5.100.0", "= 6.24", "~> 6.0, != 6.3.1", ">=6.24.0,<7.0.0", "6.0.0-beta1"])(
    "sets the constraint %p",
    (constraint) => {
      const stack = awsStack();
      AwsProviderVersion.require(stack, constraint);
      const { required_providers: required } = synthesized(stack)["terraform"] as unknown as {
        required_providers: { aws: { version: string } };
      };
      expect(required.aws.version).toBe(constraint);
    },
  );

  test.each(["", "foo", "latest", ">= six", "^6.0", ">= 6.24, ", "6.x", "${x}"])(
    "rejects the constraint %p",
    (constraint) => {
      expect(() => AwsProviderVersion.require(awsStack(), constraint)).toViolate(
        AWS006,
        /at test.*>= 5\.100\.0, < 7\.0\.0/,
      );
    },
  );
});
