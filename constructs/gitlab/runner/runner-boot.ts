import { CloudInit } from "../../boot/cloud-init";
import { Files } from "../../boot/parts/files";
import { Packages } from "../../boot/parts/packages";
import type { BootPart } from "../../boot/parts/part";
import type { GitLabVersion } from "../gitlab-version";
import { awsCli } from "../machine/aws-cli";
import { metadataBlock } from "../machine/metadata-block";
import { packageSource, step } from "../server/server-boot";
import { jobCredentials } from "./job-credentials";
import type { NodeChecksums } from "./node-checksums";
import { nodeRelease } from "./node-release";
import { runnerPackages } from "./runner-releases";

/** Version of nvm: a tag of its repository, and the commit of the tag. Source: github.com/nvm-sh/nvm. */
const NVM = { tag: "v0.40.3", commit: "977563e97ddc66facf3a8e31c6cff01d236f09bd" };

/** Inputs of the first boot of a runner. */
export interface RunnerBootProps {
  readonly serverUrl: string;
  /** Private address of the URL's host, if its DNS name resolves to a public address. */
  readonly serverAddress: string | undefined;
  readonly version: GitLabVersion;
  readonly region: string;
  readonly tokenParameter: string;
  readonly name: string;
  readonly concurrent: number;
  readonly nodeVersion: string;
  /** Checksums of a version that the library does not know. */
  readonly nodeChecksums?: NodeChecksums | undefined;
  /** Role of the jobs. */
  readonly jobRoleArn: string;
  readonly registerOptions: Readonly<Record<string, string>>;
}

/** The first boot of a runner: block of the metadata service, AWS CLI, package, Node and credentials for jobs, registration. */
export function runnerBoot(props: RunnerBootProps): CloudInit {
  return CloudInit.ubuntu().with(
    // Some npm packages compile native code.
    Packages.of("build-essential", "ca-certificates", "curl", "git", "gnupg", "python3", "unzip", "xz-utils"),
    runnerFile(props),
    ...packageSource(),
    ...metadataBlock("gitlab-runner"),
    ...awsCli(props.region),
    ...runnerSteps(props),
  );
}

/**
 * Parts that add a runner to the first boot of its server. The server's parts already contain the AWS CLI, the package sources and the
 * block of the metadata service for both services.
 */
export function sameMachineParts(props: RunnerBootProps): readonly BootPart[] {
  return [
    Packages.of("build-essential", "git", "xz-utils"),
    runnerFile(props),
    // Without memory for both, the kernel ends jobs, not the server. Jobs inherit the value.
    Files.text("/etc/systemd/system/gitlab-runner.service.d/same-machine.conf", "[Service]\nOOMScoreAdjust=500\n"),
    ...runnerSteps(props),
  ];
}

function runnerFile(props: RunnerBootProps): Files {
  const options = Object.entries(props.registerOptions).map(([option, value]) => `--${option}=${value}`);
  const node = nodeRelease(props.nodeVersion, props.nodeChecksums, "nodeVersion");
  return Files.settings("/etc/groundwork/runner.env", {
    RUNNER_PACKAGES: runnerPackages(props.version).join(" "),
    CONCURRENT: String(props.concurrent),
    NVM_VERSION: NVM.tag,
    NVM_COMMIT: NVM.commit,
    NODE_VERSION: node.version,
    NODE_SHA256_X64: node.x64,
    NODE_SHA256_ARM64: node.arm64,
    TOKEN_PARAMETER: props.tokenParameter,
    SERVER_URL: props.serverUrl,
    SERVER_ADDRESS: props.serverAddress ?? "",
    RUNNER_NAME: props.name,
    REGISTER_OPTIONS: options.join(" "),
  });
}

function runnerSteps(props: RunnerBootProps): readonly BootPart[] {
  return [
    step("runner", "install-runner.sh"),
    step("node", "install-node.sh"),
    ...jobCredentials({ roleArn: props.jobRoleArn }, props.region),
    step("register", "register-runner.sh"),
  ];
}
