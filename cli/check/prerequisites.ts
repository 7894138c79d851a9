import { spawnSync } from "node:child_process";
import { requireTerraform } from "@groundwork/tooling/required-program";

/** What a deployment needs on this machine and does not find, as sentences. */
export function missingPrerequisites(): readonly string[] {
  return [terraformProblem(), awsProblem()].filter((problem) => problem !== undefined);
}

function terraformProblem(): string | undefined {
  try {
    requireTerraform();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The Kubernetes and Helm providers get their tokens from it. */
function awsProblem(): string | undefined {
  return spawnSync("aws", ["--version"]).status !== 0
    ? "aws is not installed; stacks with Kubernetes objects request their tokens with it: install the AWS CLI 2 from aws.amazon.com/cli"
    : undefined;
}
