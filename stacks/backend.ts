import { LocalBackend, S3Backend, type TerraformStack } from "cdktf";
import type { Environment } from "./environments/environment";

/**
 * Creates a stack's backend, which stores its state.
 *
 * The local path is relative to `cdktf.out/stacks/<stack>`, the directory in which Terraform runs, so that the synthesized output is
 * the same on every machine.
 */
export function createBackend(stack: TerraformStack, environment: Environment): void {
  const { backend } = environment;
  if (backend.type === "local") {
    new LocalBackend(stack, { path: `../../../.groundwork/state/${stack.node.id}.tfstate` });
    return;
  }
  new S3Backend(stack, {
    bucket: backend.bucket,
    region: backend.region.name,
    key: `${environment.name}/${stack.node.id}.tfstate`,
    encrypt: true,
    ...(environment.aws.account === "caller" ? {} : { allowedAccountIds: [environment.aws.account] }),
  });
  // S3 lock files exist since Terraform 1.11; CDKTF has no argument for them.
  stack.addOverride("terraform.backend.s3.use_lockfile", true);
}
