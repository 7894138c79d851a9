import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { CONNECTIONS } from "../http/connections";
import { requireLocalRequest } from "../http/origin";
import { RejectedRequest, sendRejection } from "../http/rejected-request";
import { RequestBodies } from "../http/request-bodies";
import { type ApiRequest, encodedParts, GitLabError, readRequest } from "./request";

/** Delays and initial state of the stand-in. */
export interface GitLabBehaviour {
  /** Host name of the server, in addition to this machine: requests for other names are rejected. @default - none */
  readonly hostName?: string;
  /** Number of requests that return 502 before the server is ready. @default 0 */
  readonly unreadyFor?: number;
  /** Number of imports that are rejected after import by URL was enabled: GitLab caches settings. @default 0 */
  readonly cachedFor?: number;
  /** Number of status requests before an import is finished. @default 2 */
  readonly importTakes?: number;
  /** Error message of the import. @default - the import succeeds */
  readonly importError?: string;
  /** Import sources that are enabled initially. @default - github and the rejected gitlab, as on an upgraded instance */
  readonly importSources?: readonly string[];
  /** Number of other runners in the project, to fill several pages. @default 0 */
  readonly otherRunners?: number;
}

/** A stored project. */
export interface Project {
  readonly id: number;
  readonly path: string;
  readonly group: string;
  readonly importUrl: string;
  statusRequests: number;
  maxArtifactsSize: number | null;
  readonly variables: Map<string, string>;
  readonly files: Map<string, string>;
}

/** A stored runner. */
export interface Runner {
  readonly id: number;
  readonly project: number;
  readonly description: string;
  token: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Maximum size of request bodies in MiB. */
const MAX_BODY = 4;

/** Status and body of a response. */
type Reply = readonly [status: number, body?: unknown];

const SOURCES = ["github", "bitbucket", "bitbucket_server", "fogbugz", "git", "gitlab_project", "gitea", "manifest"];

/**
 * A stand-in for GitLab's API with the calls of a first configuration. As in GitLab, a call without a valid token returns 401, PUT
 * replaces lists, invalid import sources are rejected, imports take time, and a runner's token is returned only once. Written from
 * GitLab's public manual and source code.
 */
export class GitLabApi {
  /** Starts the stand-in on a free port of 127.0.0.1. */
  static async start(behaviour: GitLabBehaviour = {}): Promise<GitLabApi> {
    const api = new GitLabApi(behaviour);
    await new Promise<void>((resolve) => api.server.listen(0, "127.0.0.1", resolve));
    return api;
  }

  /** All requests so far, such as `PUT /application/settings`. */
  readonly requests: string[] = [];
  /** Valid tokens. The first one is created on the server's console. */
  readonly tokens = new Set<string>();
  readonly settings: Record<string, unknown>;
  readonly groups = new Map<string, { readonly id: number; readonly visibility: unknown }>();
  readonly projects: Project[] = [];
  readonly runners: Runner[] = [];
  private readonly server: Server;
  private readonly bodies = new RequestBodies(MAX_BODY);
  private rejectedImports: number;
  private unreadyRequests: number;

  private constructor(private readonly behaviour: GitLabBehaviour) {
    this.settings = { import_sources: behaviour.importSources ?? ["github", "gitlab"], signup_enabled: true };
    this.rejectedImports = behaviour.cachedFor ?? 0;
    this.unreadyRequests = behaviour.unreadyFor ?? 0;
    this.server = createServer(CONNECTIONS, (message, response) => void this.serve(message, response));
  }

  get url(): string {
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      requireLocalRequest(message, (host) => host === this.behaviour.hostName);
      const [status, body] = this.respond(await readRequest(message, this.bodies));
      response.writeHead(status, { "content-type": "application/json" });
      response.end(body === undefined ? "" : JSON.stringify(body));
    } catch (error) {
      const rejection = error instanceof RejectedRequest ? error : new RejectedRequest(500, String(error));
      sendRejection(message, response, rejection);
    }
  }

  private respond(request: ApiRequest): Reply {
    if (this.unreadyRequests > 0) {
      this.unreadyRequests -= 1;
      return [502, { message: "502 Bad Gateway" }];
    }
    if (request.path === "/-/readiness" || request.path === "/users/sign_in") return [200, { status: "ok" }];
    if (!request.path.startsWith("/api/v4/")) return [404];
    const path = request.path.slice("/api/v4".length);
    this.requests.push(`${request.method} ${path}`);
    try {
      // The only call that is authorized by its body.
      if (path === "/runners/verify") return this.verify(request);
      if (!this.tokens.has(request.token)) throw new GitLabError(401, "401 Unauthorized");
      return this.dispatch(request, encodedParts(path));
    } catch (error) {
      if (!(error instanceof GitLabError)) throw error;
      return [error.status, { message: error.message }];
    }
  }

  private dispatch(request: ApiRequest, [first = "", ...rest]: readonly string[]): Reply {
    const resources: Readonly<Record<string, () => Reply>> = {
      user: () => this.user(request, rest),
      application: () => this.applicationSettings(request),
      groups: () => this.group(request, rest[0] ?? ""),
      projects: () => this.project(request, rest),
      runners: () => this.resetToken(Number(rest[0])),
      personal_access_tokens: () => this.revokeToken(request, rest),
    };
    const resource = resources[first];
    if (resource === undefined) throw new GitLabError(404, "404 Not Found");
    return resource();
  }

  private user(request: ApiRequest, [part]: readonly string[]): Reply {
    return part === "runners" && request.method === "POST" ? this.createRunner(request) : [200, { username: "root" }];
  }

  private revokeToken({ method, token }: ApiRequest, [id]: readonly string[]): Reply {
    if (id !== "self" || method !== "DELETE") throw new GitLabError(404, "404 Not Found");
    this.tokens.delete(token);
    return [204];
  }

  private applicationSettings({ method, body }: ApiRequest): Reply {
    if (method === "PUT") {
      const sources = (body["import_sources"] ?? []) as string[];
      const invalid = sources.find((source) => !SOURCES.includes(source));
      if (invalid !== undefined) throw new GitLabError(400, "import_sources does not have a valid value");
      Object.assign(this.settings, body);
    }
    return [200, this.settings];
  }

  private group({ method, body }: ApiRequest, path: string): Reply {
    const name = method === "POST" ? String(body["path"]) : path;
    if (method === "POST") {
      if (this.groups.has(name)) throw new GitLabError(400, "Failed to save group: path has already been taken");
      this.groups.set(name, { id: this.groups.size + 1, visibility: body["visibility"] });
    }
    const group = this.groups.get(name);
    if (group === undefined) throw new GitLabError(404, "404 Group Not Found");
    return [method === "POST" ? 201 : 200, { ...group, path: name, full_path: name }];
  }

  private project(request: ApiRequest, [id = "", ...rest]: readonly string[]): Reply {
    if (id === "") return this.importProject(request.body);
    const project = this.projects.find((each) => String(each.id) === id || `${each.group}/${each.path}` === id);
    if (project === undefined) throw new GitLabError(404, "404 Project Not Found");
    return this.projectPart(request, project, rest);
  }

  private projectPart(request: ApiRequest, project: Project, [part, ...rest]: readonly string[]): Reply {
    if (part === "import") return this.importStatus(project);
    if (part === "variables") return variable(request, project, rest[0]);
    if (part === "repository") return file(request, project, rest[1] ?? "");
    if (part === "runners") return this.listRunners(request, project);
    if (request.method === "PUT") project.maxArtifactsSize = Number(request.body["max_artifacts_size"]);
    const { id, path, maxArtifactsSize } = project;
    return [200, { id, path, default_branch: "master", max_artifacts_size: maxArtifactsSize }];
  }

  private importProject(body: ApiRequest["body"]): Reply {
    const sources = this.settings["import_sources"] as readonly string[];
    if (!sources.includes("git") || this.rejectedImports-- > 0)
      throw new GitLabError(403, "import by URL is not enabled");
    const [group] = [...this.groups].find(([, { id }]) => id === body["namespace_id"]) ?? [];
    if (group === undefined) throw new GitLabError(400, "namespace is not valid");
    const path = String(body["path"]);
    const created: Project = {
      id: 100 + this.projects.length,
      path,
      group,
      importUrl: String(body["import_url"]),
      statusRequests: 0,
      maxArtifactsSize: null,
      variables: new Map<string, string>(),
      files: new Map<string, string>(),
    };
    this.projects.push(created);
    for (let index = 0; index < (this.behaviour.otherRunners ?? 0); index += 1)
      this.addRunner(created.id, `other ${index}`, {});
    return [201, { id: created.id, path, import_status: "scheduled" }];
  }

  private importStatus(project: Project): Reply {
    const { importTakes = 2, importError } = this.behaviour;
    project.statusRequests += 1;
    if (project.statusRequests <= importTakes) return [200, { import_status: "started" }];
    return [
      200,
      importError === undefined
        ? { import_status: "finished" }
        : { import_status: "failed", import_error: importError },
    ];
  }

  private createRunner({ body }: ApiRequest): Reply {
    if (body["runner_type"] !== "project_type") throw new GitLabError(400, "runner_type is not project_type");
    const runner = this.addRunner(Number(body["project_id"]), String(body["description"]), body);
    return [201, { id: runner.id, token: runner.token, token_expires_at: null }];
  }

  private addRunner(project: number, description: string, settings: ApiRequest["body"]): Runner {
    const runner = { id: 500 + this.runners.length, project, description, token: newToken(), settings };
    this.runners.push(runner);
    return runner;
  }

  private listRunners({ query }: ApiRequest, { id }: Project): Reply {
    const [size, page] = [Number(query.get("per_page") ?? 20), Number(query.get("page") ?? 1)];
    const all = this.runners.filter((runner) => runner.project === id);
    // Without the token, which is only returned on creation.
    const shown = all
      .slice((page - 1) * size, page * size)
      .map(({ id: number, description }) => ({ id: number, description }));
    return [200, shown];
  }

  private resetToken(id: number): Reply {
    const runner = this.runners.find((each) => each.id === id);
    if (runner === undefined) throw new GitLabError(404, "404 Not Found");
    runner.token = newToken();
    return [201, { token: runner.token, token_expires_at: null }];
  }

  private verify({ body }: ApiRequest): Reply {
    const known = this.runners.some(({ token }) => token === body["token"]);
    if (!known) throw new GitLabError(403, "403 Forbidden");
    return [200, {}];
  }
}

function variable({ method, body }: ApiRequest, { variables }: Project, key = String(body["key"])): Reply {
  if (method !== "GET") variables.set(key, String(body["value"]));
  const value = variables.get(key);
  if (value === undefined) throw new GitLabError(404, "404 Variable Not Found");
  return [method === "POST" ? 201 : 200, { key, value }];
}

function file({ method, body, query }: ApiRequest, { files }: Project, path: string): Reply {
  if (method === "POST") {
    if (files.has(path)) throw new GitLabError(400, "A file with this name already exists");
    files.set(path, String(body["content"]));
    return [201, { file_path: path, branch: body["branch"] }];
  }
  if (query.get("ref") !== "master" || !files.has(path)) throw new GitLabError(404, "404 File Not Found");
  return [200, { file_path: path }];
}

function newToken(): string {
  return `glrt-${randomBytes(15).toString("base64url")}`;
}
