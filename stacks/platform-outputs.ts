import type { KPaasPlatform } from "@groundwork/constructs/kpaas";
import { TerraformOutput, type TerraformStack } from "cdktf";

/** Outputs that `groundwork kpaas` reads: addresses for SSH, and the domain of the portal. */
export function createPlatformOutputs(stack: TerraformStack, platform: KPaasPlatform): void {
  new TerraformOutput(stack, "bastion", { value: platform.bastionAddress });
  new TerraformOutput(stack, "installHost", { value: platform.installHostAddress });
  new TerraformOutput(stack, "domain", { value: platform.plan.hostDomain });
}
