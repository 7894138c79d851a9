import type { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { AWS003 } from "./rules";

const METADATA = "groundwork:aws-provider";

/**
 * Writes which AWS providers a stack accepts, and lets a construct that needs a newer one say so at synthesis.
 *
 * @example AwsProviderVersion.require(stack, ">= 6.24.0, < 7.0.0")
 */
export class AwsProviderVersion {
  /** What this library is tested with: the types are those of 6.25, the oldest provider really run is 5.100.0. */
  static readonly DEFAULT = ">= 5.100.0, < 7.0.0";

  /** Writes the constraint into the stack; it replaces the one that the bindings bring along. */
  static require(stack: TerraformStack, constraint: string): void {
    stack.addOverride("terraform.required_providers.aws.version", constraint);
    stack.node.addMetadata(METADATA, constraint);
  }

  /** Refuses the synthesis when the stack around a construct also accepts providers older than a feature. */
  static demand(scope: Construct, oldest: `${number}.${number}`, feature: string): void {
    scope.node.addValidation({
      validate: () => {
        const constraint = scope.node.scopes
          .flatMap((above) => above.node.metadata)
          .filter((entry) => entry.type === METADATA)
          .map((entry) => String(entry.data))
          .at(-1);
        if (constraint !== undefined && atLeast(constraint, oldest)) return [];
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

function atLeast(constraint: string, oldest: string): boolean {
  const [, major = 0, minor = 0] = (/>=\s*(\d+)\.(\d+)/.exec(constraint) ?? []).map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = oldest.split(".").map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}
