import type { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { AWS003, AWS006 } from "./rules";

const CONDITION = "(=|!=|>|>=|<|<=|~>)?\\s*\\d+(\\.\\d+){0,2}(-[0-9A-Za-z.-]+)?";

/** Conditions that are separated by commas. Source: "Version constraints" in the documentation of Terraform. */
const CONSTRAINT = new RegExp(`^\\s*${CONDITION}(\\s*,\\s*${CONDITION})*\\s*$`);

const METADATA = "groundwork:aws-provider";

/**
 * Defines the versions of the AWS provider that a stack accepts.
 *
 * @example AwsProviderVersion.require(stack, ">= 6.24.0, < 7.0.0")
 */
export class AwsProviderVersion {
  /** Supported versions: the types are those of 6.25, the oldest tested version is 5.100.0. */
  static readonly DEFAULT = ">= 5.100.0, < 7.0.0";

  /** Sets the version constraint of a stack; it replaces the constraint of the bindings. */
  static require(stack: TerraformStack, constraint: string): void {
    if (!CONSTRAINT.test(constraint))
      throw AWS006.violation({
        at: stack,
        given: `provider version "${constraint}"`,
        fix: `write a constraint of Terraform, for example "${AwsProviderVersion.DEFAULT}"`,
      });
    stack.addOverride("terraform.required_providers.aws.version", constraint);
    stack.node.addMetadata(METADATA, constraint);
  }

  /** Makes the synthesis fail when the stack of a construct also accepts providers without a feature that it uses. */
  static requireAtLeast(scope: Construct, oldest: `${number}.${number}`, feature: string): void {
    scope.node.addValidation({
      validate: () => {
        const constraint = scope.node.scopes
          .flatMap((ancestor) => ancestor.node.metadata)
          .filter((entry) => entry.type === METADATA)
          .map((entry) => String(entry.data))
          .at(-1);
        if (constraint !== undefined && isAtLeast(constraint, oldest)) return [];
        return [
          AWS003.violation({
            at: scope,
            given: `${feature} needs AWS provider ${oldest}, the stack accepts ${constraint ?? "any"}`,
            fix: `call AwsProviderVersion.require(stack, ">= ${oldest}.0, < 7.0.0")`,
          }).message,
        ];
      },
    });
  }
}

function isAtLeast(constraint: string, oldest: string): boolean {
  const [, major = 0, minor = 0] = (/>=\s*(\d+)\.(\d+)/.exec(constraint) ?? []).map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldest.split(".").map(Number);
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
