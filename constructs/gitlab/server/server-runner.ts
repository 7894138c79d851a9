import { Annotations } from "cdktf";
import type { Construct } from "constructs";
import { type IRole, Role } from "../../aws/iam/role";
import { TrustPolicy } from "../../aws/iam/trust-policy";
import type { BootPart } from "../../boot/parts/part";
import { Name } from "../../core/name";
import { sameMachineParts } from "../runner/runner-boot";
import { runnerSettings } from "../runner/runner-settings";
import { separateRoles } from "../runner/separate-roles";
import { DataVolume } from "./data-volume";
import type { GitLabServerProps } from "./gitlab-server";

/** A runner on the machine of its server. */
export interface InstalledRunner {
  /** Role of its jobs. */
  readonly jobRole: IRole;
  /** Parts of the first boot, after those of the server with the URL. */
  parts(url: string): readonly BootPart[];
}

/** What a runner shares with its server. */
export interface InstallRunnerProps extends Pick<
  GitLabServerProps,
  "configuration" | "dataVolume" | "network" | "rootPassword" | "runner" | "tls" | "version"
> {
  /** Role of the machine. */
  readonly machine: IRole;
  /** ARN of a parameter by its name. */
  readonly parameterArn: (name: string) => string;
}

/** Creates the role of the jobs unless one is given, and denies it the server's parameters. Undefined for a server without a runner. */
export function installRunner(at: Construct, props: InstallRunnerProps): InstalledRunner | undefined {
  const { configuration, machine, network, parameterArn, rootPassword, runner, tls, version } = props;
  if (runner === undefined) return undefined;
  const server = { version, runnerTokenParameter: configuration?.runnerTokenParameter };
  const settings = runnerSettings(runner.props, { server, concurrent: 1, at });
  const jobRole = runner.props.role ?? new Role(at, "JobRole", { trust: TrustPolicy.arn(machine.roleArn) });
  const others = [rootPassword?.parameter, ...(tls.parameters ?? [])].filter((name) => name !== undefined);
  const token = parameterArn(settings.tokenParameter);
  separateRoles({ machine, jobs: jobRole, token, others: others.map(parameterArn) });
  warnOfSharedData(at, props);
  return {
    jobRole,
    parts: (url) =>
      sameMachineParts({
        ...settings,
        // The address of the machine is not known before it exists; a certificate requires the name of the host.
        serverUrl: tls.isTerminatedByServer ? url : tls.localUrl,
        serverAddress: tls.isTerminatedByServer ? "127.0.0.1" : undefined,
        jobRoleArn: jobRole.roleArn,
        region: network.zones.region.name,
        name: Name.of(at).toString(),
      }),
  };
}

/** A volume that Terraform must not destroy contains data that no job should be able to endanger. */
function warnOfSharedData(at: Construct, { dataVolume = DataVolume.kept() }: InstallRunnerProps): void {
  if (!dataVolume.isKept) return;
  Annotations.of(at).addWarning(
    "jobs run on the machine of the server, whose data is kept; use GitLabRunner, which has a machine of its own",
  );
}
