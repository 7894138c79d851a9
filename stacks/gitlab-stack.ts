import { type IRole, type ISubnet, Network, Role } from "@groundwork/constructs/aws";
import { defined } from "@groundwork/constructs/core";
import { GitLabRunner, GitLabServer, SameMachineRunner } from "@groundwork/constructs/gitlab";
import { type App, TerraformOutput, TerraformStack } from "cdktf";
import { createBackend } from "./backend";
import { createEncryptionKey } from "./encryption";
import type { Environment, GitLabSettings } from "./environments/environment";
import type { SiteSection } from "./environments/sections";
import { accountOf, createAwsProvider } from "./providers/aws";

export interface GitLabStackProps {
  readonly environment: Environment;
  readonly gitlab: GitLabSettings;
  /** The site that the pipeline of the project deploys; undefined where no site is deployed. */
  readonly deployed: SiteSection | undefined;
}

/**
 * A GitLab server with its project, and the runner that deploys the site, on a machine of its own or on that of the server.
 *
 * The `site` stack creates the deploy role; this stack assigns it to the runner.
 */
export class GitLabStack extends TerraformStack {
  constructor(app: App, id: string, { environment, gitlab: data, deployed }: GitLabStackProps) {
    super(app, id);
    const { network: settings, server, configuration, runner } = data;
    createBackend(this, environment);
    createAwsProvider(this, environment, settings.zones.region);

    const encryptionKey = createEncryptionKey(this, environment);
    const account = accountOf(this, environment);
    const network = new Network(this, "Network", { ...settings, flowLogs: settings.flowLogs(encryptionKey) });
    const role =
      deployed &&
      Role.fromArn(
        this,
        "Deployer",
        `arn:${settings.zones.region.partition}:iam::${account}:role/${deployed.id}-deployer`,
      );
    const gitlab = new GitLabServer(this, "Server", {
      ...server,
      network,
      subnet: firstOf(network.subnetsOf("public")),
      configuration: configuration(
        deployed && {
          bucketName: deployed.site.bucketName.replace("{account}", account),
          region: deployed.site.region.name,
        },
      ),
      ...defined({ encryptionKey, runner: sameMachineRunner(runner, role) }),
    });

    new TerraformOutput(this, "url", { value: gitlab.url });
    new TerraformOutput(this, "server_id", { value: gitlab.instanceId });
    new TerraformOutput(this, "data_volume_id", { value: gitlab.volumeId });
    if (runner.on === "server") return;

    const { on: _, tier, nodeChecksums, ...machine } = runner;
    const gitlabRunner = new GitLabRunner(this, "Runner", {
      ...machine,
      server: gitlab,
      subnet: firstOf(network.subnetsOf(tier)),
      ...defined({ role, encryptionKey, nodeChecksums }),
    });
    new TerraformOutput(this, "runner_id", { value: gitlabRunner.instanceId });
  }
}

/** The runner on the server's machine; undefined for one with a machine of its own. */
function sameMachineRunner(runner: GitLabSettings["runner"], role: IRole | undefined): SameMachineRunner | undefined {
  if (runner.on !== "server") return undefined;
  const { concurrent, nodeVersion, nodeChecksums } = runner;
  return SameMachineRunner.of({ concurrent, nodeVersion, ...defined({ nodeChecksums, role }) });
}

/** The subnet of a single machine: the first zone of the tier. */
function firstOf(subnets: readonly ISubnet[]): ISubnet {
  const [first] = subnets;
  if (first === undefined) throw new Error("the network has no subnet in this tier");
  return first;
}
