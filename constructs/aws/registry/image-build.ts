import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CodebuildProject, type CodebuildProjectEnvironment } from "@cdktf/provider-aws/lib/codebuild-project";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { defined } from "../../core/defined";
import { Duration } from "../../core/duration";
import { BUILD_VARIABLES } from "../../core/image-build-variables";
import { hashOf } from "../../core/text";
import { escapeTerraform, isToken } from "../../core/token";
import type { IEncryptionKey } from "../encryption/encryption-key";
import { KeyUse } from "../encryption/key-use";
import { Role } from "../iam/role";
import { Statement } from "../iam/statement";
import { TrustPolicy } from "../iam/trust-policy";
import { BUILD_PROJECT_NAME } from "../limits";
import { logRetentionDays } from "../log-retention";
import { physicalName } from "../physical-name";
import { BuildMachine } from "./build-machine";
import { argumentVariable, buildSpecification } from "./build-specification";
import { Dockerfile } from "./dockerfile";
import type { GitSource } from "./git-source";
import { checkImageBuild } from "./image-build-checks";
import { ImagePlatform } from "./image-platform";
import type { IRepository } from "./repository";

/** Properties of {@link ImageBuild}. */
export interface ImageBuildProps {
  /** Repository that receives the image. */
  readonly repository: IRepository;
  /** Source code of the image. */
  readonly source: GitSource;
  /** Dockerfile of the image. @default - `Dockerfile` at the top of the source */
  readonly dockerfile?: Dockerfile;
  /** Directory of the source that the Dockerfile can read. @default - the whole source */
  readonly context?: string;
  /** Values of the Dockerfile's `ARG` instructions; they are readable in the image. @default - none */
  readonly buildArguments?: Readonly<Record<string, string>>;
  /** Platforms of the image; each must match nodes of a cluster. @default - `ImagePlatform.LINUX_AMD64` */
  readonly platforms?: readonly ImagePlatform[];
  /** Tag of the image. With immutable tags, a second build with the same tag fails. @default - the first 12 digits of the commit */
  readonly tag?: string;
  /** Size of the machine. @default - `BuildMachine.SMALL` */
  readonly machine?: BuildMachine;
  /** Time after which a build fails, 5 minutes to 36 hours. @default - 30 minutes */
  readonly timeout?: Duration;
  /** Retention of the logs: one of the periods that CloudWatch Logs offers. @default - 30 days */
  readonly logRetention?: Duration;
  /** Key that encrypts the logs. @default - a key of AWS */
  readonly encryptionKey?: IEncryptionKey;
  /** Physical name of the project. @default - derived from the construct path */
  readonly projectName?: string;
}

/**
 * Defines a build of a container image from source code, in the account: users need no Docker on their own machines.
 *
 * Creates a CodeBuild project, its role, which can push to this repository and write to the project's log group only, and the log group.
 * Nothing is built during an apply: `groundwork images build <environment>` starts builds. Cost: about $0.005 per minute of a small
 * machine while it builds; 100 minutes a month are free.
 *
 * @example
 * new ImageBuild(this, "BackendBuild", {
 *   repository: backend,
 *   source: GitSource.of("https://github.com/joozero/amazon-eks-flask.git", "ca9e9d4566bdb757fa5dd31c402c15629962c364"),
 * });
 */
export class ImageBuild extends Construct {
  /** Name of the CodeBuild project. */
  readonly projectName: string;
  /** ARN of the CodeBuild project. */
  readonly projectArn: string;
  /** Role of the builds; grants on it extend what a build can do. */
  readonly role: Role;

  constructor(scope: Construct, id: string, props: ImageBuildProps) {
    super(scope, id);
    checkImageBuild(props, this);
    const name = physicalName(this, props.projectName, BUILD_PROJECT_NAME);
    const logs = this.createLogGroup(name, props);
    this.role = this.createRole(logs, props.repository);
    const project = this.createProject(name, logs, props);
    this.node.defaultChild = project;
    this.projectName = project.name;
    this.projectArn = project.arn;
  }

  private createLogGroup(project: string, { logRetention, encryptionKey }: ImageBuildProps): CloudwatchLogGroup {
    const name = `/aws/codebuild/${project}`;
    encryptionKey?.allow(KeyUse.cloudWatchLogs(name));
    return new CloudwatchLogGroup(this, "LogGroup", {
      name,
      retentionInDays: logRetentionDays(logRetention ?? Duration.days(30), this),
      ...defined({ kmsKeyId: encryptionKey?.keyArn }),
    });
  }

  private createRole(logs: CloudwatchLogGroup, repository: IRepository): Role {
    // The service acts for every account of AWS: without the condition, another account could name this role for its own projects.
    const trust = TrustPolicy.service("codebuild.amazonaws.com").when({
      StringEquals: { "aws:SourceAccount": new DataAwsCallerIdentity(this, "Account").accountId },
    });
    const role = new Role(this, "Role", { trust });
    role.addToPolicy(
      Statement.allow({
        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
        resources: [`${logs.arn}:*`],
      }),
    );
    repository.grants.push(role);
    return role;
  }

  private createProject(name: string, logs: CloudwatchLogGroup, props: ImageBuildProps): CodebuildProject {
    const specification = buildSpecification({
      dockerfile: props.dockerfile ?? Dockerfile.at("Dockerfile"),
      context: props.context ?? ".",
      buildArguments: Object.keys(props.buildArguments ?? {}),
      platforms: platformsOf(props),
    });
    return new CodebuildProject(this, "Resource", {
      name,
      description: escapeTerraform(`Builds ${props.source.url} at ${props.source.revision}`).slice(0, 255),
      serviceRole: this.role.roleArn,
      source: { type: "NO_SOURCE", buildspec: escapeTerraform(specification) },
      artifacts: { type: "NO_ARTIFACTS" },
      environment: environmentOf(props, specification),
      cache: { type: "LOCAL", modes: ["LOCAL_DOCKER_LAYER_CACHE"] },
      logsConfig: { cloudwatchLogs: { groupName: logs.name } },
      buildTimeout: (props.timeout ?? Duration.minutes(30)).toMinutes(),
      queuedTimeout: 60,
      dependsOn: [...this.role.permissions],
    });
  }
}

function platformsOf({ platforms }: ImageBuildProps): readonly ImagePlatform[] {
  return platforms ?? [ImagePlatform.LINUX_AMD64];
}

/** Docker in the build's container needs the privileged mode. */
function environmentOf(props: ImageBuildProps, specification: string): CodebuildProjectEnvironment {
  const isArm = platformsOf(props).every(({ name }) => name === ImagePlatform.LINUX_ARM64.name);
  return {
    type: isArm ? "ARM_CONTAINER" : "LINUX_CONTAINER",
    image: `aws/codebuild/amazonlinux-${isArm ? "aarch64-standard:3.0" : "x86_64-standard:5.0"}`,
    computeType: (props.machine ?? BuildMachine.SMALL).computeType,
    privilegedMode: true,
    environmentVariable: variablesOf(props, specification).map(([name, value]) => ({ name, value })),
  };
}

function variablesOf(props: ImageBuildProps, specification: string): (readonly [string, string])[] {
  const { repository, source, tag, buildArguments = {} } = props;
  return [
    [BUILD_VARIABLES.repositoryName, repository.repositoryName],
    [BUILD_VARIABLES.repositoryUrl, repository.repositoryUrl],
    [BUILD_VARIABLES.sourceUrl, source.url],
    [BUILD_VARIABLES.sourceRevision, source.revision],
    ...(tag === undefined ? [] : [[BUILD_VARIABLES.tag, tag] as const]),
    ...Object.entries(buildArguments).map(([name, value]) => [argumentVariable(name), escapeTerraform(value)] as const),
    [BUILD_VARIABLES.definition, definitionOf(props, specification)],
  ];
}

/** A hash that changes with everything that determines the image. Terraform computes it where a value is known only at apply. */
function definitionOf({ source, tag, buildArguments = {} }: ImageBuildProps, specification: string): string {
  const values = [source.url, source.revision, tag ?? "", ...Object.entries(buildArguments).flat()];
  const literal = hashOf(JSON.stringify([specification, ...values.filter((value) => !isToken(value))]));
  const tokens = values.filter(isToken);
  return tokens.length === 0 ? literal : Fn.sha256(Fn.join(" ", [literal, ...tokens]));
}
