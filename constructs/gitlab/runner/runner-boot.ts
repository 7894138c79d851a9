import { CloudInit } from "../../boot/cloud-init";
import { Files } from "../../boot/parts/files";
import { Packages } from "../../boot/parts/packages";
import type { GitLabVersion } from "../gitlab-version";
import { awsCli, packageSource, step } from "../server/server-boot";

/** Version of nvm: a tag of its repository. */
const NVM = "v0.40.3";

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
  readonly registerOptions: Readonly<Record<string, string>>;
}

/** The first boot of a runner: AWS CLI, package, Node for jobs, registration. */
export function runnerBoot(props: RunnerBootProps): CloudInit {
  const options = Object.entries(props.registerOptions).map(([option, value]) => `--${option}=${value}`);
  return CloudInit.ubuntu().with(
    // Some npm packages compile native code.
    Packages.of("build-essential", "ca-certificates", "curl", "git", "gnupg", "python3", "unzip"),
    Files.settings("/etc/groundwork/runner.env", {
      RUNNER_VERSION: props.version.toString(),
      CONCURRENT: String(props.concurrent),
      NVM_VERSION: NVM,
      NODE_VERSION: props.nodeVersion,
      TOKEN_PARAMETER: props.tokenParameter,
      SERVER_URL: props.serverUrl,
      SERVER_ADDRESS: props.serverAddress ?? "",
      RUNNER_NAME: props.name,
      REGISTER_OPTIONS: options.join(" "),
    }),
    ...packageSource(),
    ...awsCli(props.region),
    step("runner", "install-runner.sh"),
    step("node", "install-node.sh"),
    step("register", "register-runner.sh"),
  );
}
