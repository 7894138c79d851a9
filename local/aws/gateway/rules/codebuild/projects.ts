import { ACCOUNT } from "../../../account";
import type { Call, GatewayResponse } from "../../call";
import { failure, type JsonObject, jsonOf, jsonResponse, listOf, objectOf, textOf } from "../../response";

/** The projects of all regions. They live as long as the gateway, so gateway and emulators are always reset together. */
export class Projects {
  private readonly stored = new Map<string, JsonObject>();

  /** The response to an operation on projects; undefined for any other operation. */
  respond(call: Call): GatewayResponse | undefined {
    switch (call.action) {
      case "CreateProject":
        return this.create(call);
      case "UpdateProject":
        return this.update(call);
      case "DeleteProject":
        this.stored.delete(keyOf(call, textOf(jsonOf(call)["name"])));
        return jsonResponse({});
      case "BatchGetProjects":
        return this.describe(call);
      case "ListProjects":
        return jsonResponse({ projects: this.names(call) });
      default:
        return undefined;
    }
  }

  /** A project of the call's region by its name. */
  find(call: Call, name: string): JsonObject | undefined {
    return this.stored.get(keyOf(call, name));
  }

  private create(call: Call): GatewayResponse {
    const request = jsonOf(call);
    const name = textOf(request["name"]);
    if (this.find(call, name) !== undefined)
      return failure("ResourceAlreadyExistsException", `Project already exists: ${arnOf(call, name)}`);
    const missing = ["name", "source", "artifacts", "environment", "serviceRole"].find((key) => !(key in request));
    if (missing !== undefined) return failure("InvalidInputException", `Project ${missing} is required`);
    return this.store(call, {
      arn: arnOf(call, name),
      created: now(),
      badge: { badgeEnabled: request["badgeEnabled"] ?? false },
      encryptionKey: `arn:aws:kms:${call.region}:${ACCOUNT}:alias/aws/s3`,
      projectVisibility: "PRIVATE",
      timeoutInMinutes: 60,
      queuedTimeoutInMinutes: 480,
      cache: { type: "NO_CACHE" },
      ...request,
    });
  }

  /** Arguments that a call omits keep their values. */
  private update(call: Call): GatewayResponse {
    const request = jsonOf(call);
    const before = this.find(call, textOf(request["name"]));
    if (before === undefined)
      return failure("ResourceNotFoundException", `Project cannot be found: ${textOf(request["name"])}`);
    return this.store(call, { ...before, ...request, name: before["name"] });
  }

  private store(call: Call, { badgeEnabled: _badge, ...settings }: JsonObject): GatewayResponse {
    const project = { ...settings, environment: environmentOf(settings), lastModified: now() };
    this.stored.set(keyOf(call, textOf(settings["name"])), project);
    return jsonResponse({ project });
  }

  private describe(call: Call): GatewayResponse {
    const names = listOf(jsonOf(call)["names"]).map(textOf);
    const known = names.map((name) => ({ name, project: this.find(call, name) }));
    return jsonResponse({
      projects: known.flatMap(({ project }) => (project === undefined ? [] : [project])),
      projectsNotFound: known.filter(({ project }) => project === undefined).map(({ name }) => name),
    });
  }

  private names({ region }: Call): readonly string[] {
    const prefix = `${region}/`;
    return [...this.stored.keys()].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  }
}

/** The current time as the JSON protocol has it: seconds. */
export function now(): number {
  return Date.now() / 1000;
}

function environmentOf({ environment }: JsonObject): JsonObject {
  return {
    imagePullCredentialsType: "CODEBUILD",
    privilegedMode: false,
    environmentVariables: [],
    ...objectOf(environment),
  };
}

function arnOf({ region }: Call, name: string): string {
  return `arn:aws:codebuild:${region}:${ACCOUNT}:project/${name}`;
}

/** Operations accept the name of a project or its ARN. */
function keyOf({ region }: Call, nameOrArn: string): string {
  return `${region}/${nameOrArn.replace(/^arn:.*:project\//, "")}`;
}
