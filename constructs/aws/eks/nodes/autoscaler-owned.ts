import type { TerraformResourceLifecycle } from "cdktf";
import type { Construct } from "constructs";
import { EKS028 } from "../rules";

/**
 * The lifecycle of a group whose number of nodes the autoscaler sets: changes of the desired number are ignored. The condition
 * makes a plan fail that would move a bound past the current number, which EKS rejects at apply.
 */
export function ownedByAutoscaler(at: Construct): TerraformResourceLifecycle {
  const scaling = "self.scaling_config[0]";
  const { message } = EKS028.violation({
    at,
    given: "new bounds that exclude the current number of nodes",
    fix: "apply once with Scaling.manual(min, max, { desired }), then return to Scaling.between(min, max)",
  });
  return {
    ignoreChanges: ["scaling_config[0].desired_size"],
    postcondition: [
      {
        condition: `\${${scaling}.min_size <= ${scaling}.desired_size && ${scaling}.desired_size <= ${scaling}.max_size}`,
        errorMessage: message,
      },
    ],
  };
}
