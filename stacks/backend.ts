import type { TerraformStack } from "cdktf";
import { LocalBackend, S3Backend } from "cdktf";
import type { Environment } from "./environments/environment";

/**
 * Makes a stack's backend: where Terraform keeps what it knows. The only place that makes one.
 *
 * The local path is relative to `cdktf.out/stacks/<stack>`, where Terraform runs, so that what is synthesized is the
 * same on every machine.
 */
export function makeBackend(stack: TerraformStack, environment: Environment): void {
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
  // A lock file beside the state, Terraform's own way since 1.11; CDKTF has no argument for it.
  stack.addOverride("terraform.backend.s3.use_lockfile", true);
}
