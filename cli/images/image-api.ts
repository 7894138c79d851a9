import {
  BatchGetBuildsCommand,
  BatchGetProjectsCommand,
  type Build as CodeBuildBuild,
  CodeBuildClient,
  ListBuildsForProjectCommand,
  StartBuildCommand,
} from "@aws-sdk/client-codebuild";
import { CloudWatchLogsClient, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeImagesCommand, ECRClient } from "@aws-sdk/client-ecr";
import { BUILD_VARIABLES, EXPORTED_VARIABLES } from "@groundwork/constructs/core";
import { orUndefined } from "../aws/aws-errors";
import type { AwsSession } from "../aws/aws-session";
import type { Build, Definition } from "./image-state";

/** Reads and starts builds of images. */
export interface ImageApi {
  /** What a project builds; undefined when the project does not exist. */
  definitionOf(project: string): Promise<Definition | undefined>;
  /** The last builds of a project, the newest first. */
  buildsOf(project: string): Promise<readonly Build[]>;
  /** Starts a build; returns its id. */
  start(project: string): Promise<string>;
  /** A build by its id. */
  build(id: string): Promise<Build>;
  /** Digest of the image that has a tag; undefined without one. */
  digestOf(repository: string, tag: string): Promise<string | undefined>;
  /** The last lines of the log of a build. */
  logOf(build: Build, lines: number): Promise<readonly string[]>;
}

/** Builds in CodeBuild, images in ECR. */
export class AwsImageApi implements ImageApi {
  constructor(private readonly session: AwsSession) {}

  async definitionOf(name: string): Promise<Definition | undefined> {
    const { projects = [] } = await this.codebuild.send(new BatchGetProjectsCommand({ names: [name] }));
    const [project] = projects;
    if (project === undefined) return undefined;
    const variables = valuesOf(project.environment?.environmentVariables);
    return {
      repository: variables[BUILD_VARIABLES.repositoryName] ?? "",
      hash: variables[BUILD_VARIABLES.definition] ?? "",
      source: variables[BUILD_VARIABLES.sourceUrl] ?? "",
      revision: variables[BUILD_VARIABLES.sourceRevision] ?? "",
      tag: variables[BUILD_VARIABLES.tag],
    };
  }

  async buildsOf(project: string): Promise<readonly Build[]> {
    const { ids = [] } = await this.codebuild.send(
      new ListBuildsForProjectCommand({ projectName: project, sortOrder: "DESCENDING" }),
    );
    return ids.length === 0 ? [] : this.builds(ids.slice(0, 20));
  }

  async start(project: string): Promise<string> {
    const { build } = await this.codebuild.send(new StartBuildCommand({ projectName: project }));
    if (build?.id === undefined) throw new Error(`CodeBuild started no build of ${project}`);
    return build.id;
  }

  async build(id: string): Promise<Build> {
    const [build] = await this.builds([id]);
    if (build === undefined) throw new Error(`CodeBuild has no build ${id}`);
    return build;
  }

  async digestOf(repositoryName: string, imageTag: string): Promise<string | undefined> {
    const call = this.session
      .client(ECRClient)
      .send(new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag }] }));
    return (await orUndefined(call, "ImageNotFoundException"))?.imageDetails?.[0]?.imageDigest;
  }

  async logOf({ log }: Build, limit: number): Promise<readonly string[]> {
    if (log === undefined) return [];
    const { group: logGroupName, stream: logStreamName } = log;
    const call = this.session
      .client(CloudWatchLogsClient)
      .send(new GetLogEventsCommand({ logGroupName, logStreamName, limit }));
    // A build writes its first lines when its machine has started.
    const { events = [] } = (await orUndefined(call, "ResourceNotFoundException")) ?? {};
    return events.map(({ message = "" }) => message.trimEnd());
  }

  private get codebuild(): CodeBuildClient {
    return this.session.client(CodeBuildClient);
  }

  private async builds(ids: readonly string[]): Promise<readonly Build[]> {
    const { builds = [] } = await this.codebuild.send(new BatchGetBuildsCommand({ ids: [...ids] }));
    return builds.map(buildOf).sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime());
  }
}

function buildOf(build: CodeBuildBuild): Build {
  const exported = valuesOf(build.exportedEnvironmentVariables);
  const { id = "", buildNumber: number = 0, currentPhase: phase = "", startTime: startedAt = new Date(0) } = build;
  return {
    id,
    number,
    status: statusOf(build),
    phase,
    startedAt,
    endedAt: build.endTime,
    hash: valuesOf(build.environment?.environmentVariables)[BUILD_VARIABLES.definition] ?? "",
    digest: exported[EXPORTED_VARIABLES.digest] ?? "",
    tag: exported[EXPORTED_VARIABLES.tag] ?? "",
    commit: exported[EXPORTED_VARIABLES.commit] ?? "",
    errors: errorsOf(build),
    log: streamOf(build),
  };
}

/** Messages of the phases that failed. */
function errorsOf({ phases = [] }: CodeBuildBuild): readonly string[] {
  return phases
    .filter(({ phaseStatus }) => phaseStatus !== "SUCCEEDED")
    .flatMap(({ phaseType = "", contexts = [] }) =>
      contexts.filter(({ message = "" }) => message !== "").map(({ message = "" }) => `${phaseType}: ${message}`),
    );
}

function streamOf({ logs }: CodeBuildBuild): Build["log"] {
  const { groupName: group, streamName: stream } = logs ?? {};
  return group === undefined || stream === undefined ? undefined : { group, stream };
}

function statusOf({ buildStatus }: CodeBuildBuild): Build["status"] {
  if (buildStatus === "IN_PROGRESS") return "running";
  return buildStatus === "SUCCEEDED" ? "succeeded" : "failed";
}

function valuesOf(
  variables: readonly { readonly name?: string | undefined; readonly value?: string | undefined }[] = [],
): Readonly<Record<string, string>> {
  return Object.fromEntries(variables.map(({ name = "", value = "" }) => [name, value]));
}
