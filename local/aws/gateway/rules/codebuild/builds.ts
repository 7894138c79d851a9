import { randomUUID } from "node:crypto";
import { EXPORTED_VARIABLES } from "@groundwork/constructs/core";
import { ACCOUNT } from "../../../account";
import type { Call, Forward, GatewayResponse } from "../../call";
import { pushImage } from "../../../push-image";
import { signatureFor } from "../../credentials";
import { failure, type JsonObject, jsonOf, jsonResponse, listOf, objectOf, textOf } from "../../response";
import { ECR_TARGET } from "../ecr-call";
import { type EmulatedImage, emulatedImage } from "./emulated-image";
import { now, type Projects } from "./projects";

/** Phases that a build is in while it runs, each for {@link PHASE_MS}. */
const PHASES = ["QUEUED", "PROVISIONING", "BUILD"] as const;
const PHASE_MS = 400;

const ECR = { service: "ecr", target: ECR_TARGET } as const;
const LOGS = { service: "logs", target: "Logs_20140328" } as const;

/** The builds of all regions. Each runs for about a second, whether or not its state is requested. */
export class Builds {
  /** The newest last. */
  private readonly stored = new Map<string, JsonObject>();

  constructor(private readonly projects: Projects) {}

  /** The response to an operation on builds; undefined for any other operation. */
  respond(call: Call, forward: Forward): GatewayResponse | undefined {
    switch (call.action) {
      case "StartBuild":
        return this.start(call, forward);
      case "StopBuild":
        return this.stop(call);
      case "BatchGetBuilds":
        return this.describe(call);
      case "ListBuilds":
      case "ListBuildsForProject":
        return jsonResponse({ ids: this.ids(call) });
      default:
        return undefined;
    }
  }

  private start(call: Call, forward: Forward): GatewayResponse {
    const name = textOf(jsonOf(call)["projectName"]);
    const project = this.projects.find(call, name);
    if (project === undefined) return failure("ResourceNotFoundException", `Project cannot be found: ${name}`);
    const id = `${name}:${randomUUID()}`;
    const build = {
      id,
      arn: `arn:aws:codebuild:${call.region}:${ACCOUNT}:build/${id}`,
      buildNumber: this.ids({ ...call, action: "ListBuilds" }).filter((one) => one.startsWith(`${name}:`)).length + 1,
      projectName: name,
      buildStatus: "IN_PROGRESS",
      buildComplete: false,
      currentPhase: "SUBMITTED",
      startTime: now(),
      phases: [],
      ...sharedSettings(project),
      logs: { ...logOf(project), streamName: id.slice(name.length + 1) },
    };
    this.stored.set(keyOf(call, id), build);
    void this.run(call, id, forward);
    return jsonResponse({ build });
  }

  /** Never rejects: an error of the emulators is the failure of the build. */
  private async run(call: Call, id: string, forward: Forward): Promise<void> {
    for (const phase of PHASES) {
      this.change(call, id, { currentPhase: phase });
      await new Promise((resolve) => setTimeout(resolve, PHASE_MS));
    }
    const build = this.stored.get(keyOf(call, id));
    if (build === undefined || build["buildComplete"] === true) return;
    const image = emulatedImage(variablesOf(build));
    const error = await push(call, image, forward).catch(String);
    await log(call, build, image, error, forward).catch(() => undefined);
    this.change(call, id, error === undefined ? succeeded(image) : failed(error));
  }

  private stop(call: Call): GatewayResponse {
    const id = textOf(jsonOf(call)["id"]);
    this.change(call, id, ended("STOPPED", "BUILD"));
    return jsonResponse({ build: this.stored.get(keyOf(call, id)) ?? {} });
  }

  private describe(call: Call): GatewayResponse {
    const ids = listOf(jsonOf(call)["ids"]).map(textOf);
    const known = ids.map((id) => ({ id, build: this.stored.get(keyOf(call, id)) }));
    return jsonResponse({
      builds: known.flatMap(({ build }) => (build === undefined ? [] : [build])),
      buildsNotFound: known.filter(({ build }) => build === undefined).map(({ id }) => id),
    });
  }

  /** Ids of a region's builds, or of one project, the newest first unless the call asks for the other order. */
  private ids(call: Call): readonly string[] {
    const { projectName, sortOrder } = jsonOf(call);
    const ids = [...this.stored]
      .filter(([key]) => key.startsWith(`${call.region}/`))
      .map(([, build]) => build)
      .filter((build) => call.action === "ListBuilds" || build["projectName"] === projectName)
      .map((build) => textOf(build["id"]));
    return sortOrder === "ASCENDING" ? ids : ids.reverse();
  }

  private change(call: Call, id: string, changes: JsonObject): void {
    const key = keyOf(call, id);
    const build = this.stored.get(key);
    if (build !== undefined && build["buildComplete"] !== true) this.stored.set(key, { ...build, ...changes });
  }
}

/** What a build takes over from its project. */
function sharedSettings(project: JsonObject): JsonObject {
  const { source, artifacts, cache, environment, serviceRole, encryptionKey } = project;
  const { timeoutInMinutes, queuedTimeoutInMinutes } = project;
  return {
    source,
    artifacts,
    cache,
    environment,
    serviceRole,
    encryptionKey,
    timeoutInMinutes,
    queuedTimeoutInMinutes,
  };
}

function logOf({ name, logsConfig }: JsonObject): { readonly groupName: string } {
  const group = textOf(objectOf(objectOf(logsConfig)["cloudWatchLogs"])["groupName"]);
  return { groupName: group === "" ? `/aws/codebuild/${textOf(name)}` : group };
}

function variablesOf({ environment }: JsonObject): Readonly<Record<string, string>> {
  const variables = listOf(objectOf(environment)["environmentVariables"]).map(objectOf);
  return Object.fromEntries(variables.map(({ name, value }) => [textOf(name), textOf(value)]));
}

/** Pushes an image; the error of the registry, or undefined. A tag that already is this image stays. */
async function push(call: Call, image: EmulatedImage, forward: Forward): Promise<string | undefined> {
  const { repository: repositoryName, tag: imageTag, digest: imageDigest } = image;
  const existing = await send(call, ECR, "DescribeImages", { repositoryName, imageIds: [{ imageTag }] }, forward);
  const isNew = textOf(jsonOf(existing)["__type"]).endsWith("ImageNotFoundException");
  if (existing.status >= 300 && !isNew) return textOf(jsonOf(existing)["message"]);
  const [found] = listOf(jsonOf(existing)["imageDetails"]).map(objectOf);
  if (textOf(found?.["imageDigest"]) === imageDigest) return undefined;
  return pushImage(async (action, body) => jsonOf(await send(call, ECR, action, body, forward)), image);
}

/** Writes the log of a build into its log group. */
async function log(
  call: Call,
  { logs }: JsonObject,
  { repository, tag, commit, digest }: EmulatedImage,
  error: string | undefined,
  forward: Forward,
): Promise<void> {
  const { groupName: logGroupName, streamName: logStreamName } = objectOf(logs);
  const lines = [
    `emulated build of ${repository}:${tag} from ${commit}`,
    error ?? `${repository}:${tag} is ${digest} of ${commit}`,
  ];
  const logEvents = lines.map((message) => ({ timestamp: Date.now(), message }));
  await send(call, LOGS, "CreateLogStream", { logGroupName, logStreamName }, forward);
  await send(call, LOGS, "PutLogEvents", { logGroupName, logStreamName, logEvents }, forward);
}

function send(
  { region }: Call,
  { service, target }: { readonly service: string; readonly target: string },
  action: string,
  body: JsonObject,
  forward: Forward,
): Promise<GatewayResponse> {
  return forward({
    method: "POST",
    path: "/",
    query: new URLSearchParams(),
    headers: {
      authorization: signatureFor({ service, region }),
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `${target}.${action}`,
    },
    body: Buffer.from(JSON.stringify(body)),
    service,
    region,
    action,
    form: new URLSearchParams(),
  });
}

function succeeded({ digest, tag, commit }: EmulatedImage): JsonObject {
  const exported = {
    [EXPORTED_VARIABLES.digest]: digest,
    [EXPORTED_VARIABLES.tag]: tag,
    [EXPORTED_VARIABLES.commit]: commit,
  };
  return {
    ...ended("SUCCEEDED", "COMPLETED"),
    exportedEnvironmentVariables: Object.entries(exported).map(([name, value]) => ({ name, value })),
  };
}

function failed(message: string): JsonObject {
  const contexts = [{ statusCode: "COMMAND_EXECUTION_ERROR", message }];
  return { ...ended("FAILED", "COMPLETED"), phases: [{ phaseType: "BUILD", phaseStatus: "FAILED", contexts }] };
}

function ended(buildStatus: string, currentPhase: string): JsonObject {
  return { buildStatus, currentPhase, buildComplete: true, endTime: now() };
}

function keyOf({ region }: Call, id: string): string {
  return `${region}/${id}`;
}
