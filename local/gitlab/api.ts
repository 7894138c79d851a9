import { randomBytes } from "node:crypto";
import type { Server } from "node:http";
import { createServer } from "node:http";
import { encodedParts, GitLabError } from "./request";
import type { Asked } from "./request";
import { readRequest } from "./request";

/** How the stand-in behaves where the product takes its time or is in some state already. */
export interface GitLabBehaviour {
  /** Requests that are answered 502 before the server is up. @default 0 */
  readonly unreadyFor?: number;
  /** Imports that are refused after import by URL was switched on: settings are cached for a while. @default 0 */
  readonly cachedFor?: number;
  /** Looks at an import until it has ended. @default 2 */
  readonly importTakes?: number;
  /** Why the import fails. @default - it does not */
  readonly importError?: string;
  /** Import sources that are on from the beginning. @default - github and the refused gitlab, as on an upgraded instance */
  readonly importSources?: readonly string[];
  /** Runners of other people in the project, enough to fill pages. @default 0 */
  readonly otherRunners?: number;
}

/** A project as the stand-in keeps it. */
export interface Project {
  readonly id: number;
  readonly path: string;
  readonly group: string;
  readonly importUrl: string;
  looks: number;
  maxArtifactsSize: number | null;
  readonly variables: Map<string, string>;
  readonly files: Map<string, string>;
}

/** A runner as the stand-in keeps it. */
export interface Runner {
  readonly id: number;
  readonly project: number;
  readonly description: string;
  token: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

const SOURCES = ["github", "bitbucket", "bitbucket_server", "fogbugz", "git", "gitlab_project", "gitea", "manifest"];

/**
 * A stand-in for GitLab's API: the calls of a first configuration, with the product's manners. It answers 401 without a token that
 * it knows, replaces lists that are put, refuses sources that the product refuses, imports in its own time, and shows a runner's
 * token once. Written from the product's public manual and source; it is not the product.
 */
export class GitLabApi {
  /** Starts one on a port of 127.0.0.1. */
  static async start(behaviour: GitLabBehaviour = {}): Promise<GitLabApi> {
    const api = new GitLabApi(behaviour);
    await new Promise<void>((resolve) => api.server.listen(0, "127.0.0.1", resolve));
    return api;
  }

  /** Every request so far, such as `PUT /application/settings`. */
  readonly requests: string[] = [];
  /** Tokens that are valid now. The server's own console makes the first one. */
  readonly tokens = new Set<string>();
  readonly settings: Record<string, unknown>;
  readonly groups = new Map<string, { readonly id: number; readonly visibility: unknown }>();
  readonly projects: Project[] = [];
  readonly runners: Runner[] = [];
  private readonly server: Server;
  private refusals: number;
  private unready: number;

  private constructor(private readonly behaviour: GitLabBehaviour) {
    this.settings = { import_sources: behaviour.importSources ?? ["github", "gitlab"], signup_enabled: true };
    this.refusals = behaviour.cachedFor ?? 0;
    this.unready = behaviour.unreadyFor ?? 0;
    this.server = createServer((request, response) => {
      void readRequest(request).then((asked) => {
        const [status, body] = this.answer(asked);
        response.writeHead(status, { "content-type": "application/json" });
        response.end(body === undefined ? "" : JSON.stringify(body));
      });
    });
  }

  get url(): string {
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(asked: Asked): readonly [number, unknown?] {
    if (this.unready > 0) {
      this.unready -= 1;
      return [502, { message: "502 Bad Gateway" }];
    }
    if (asked.path === "/-/readiness" || asked.path === "/users/sign_in") return [200, { status: "ok" }];
    if (!asked.path.startsWith("/api/v4/")) return [404];
    const path = asked.path.slice("/api/v4".length);
    this.requests.push(`${asked.method} ${path}`);
    try {
      // The one call that its own body opens.
      if (path === "/runners/verify") return this.verify(asked);
      if (!this.tokens.has(asked.token)) throw new GitLabError(401, "401 Unauthorized");
      return this.dispatch(asked, encodedParts(path));
    } catch (error) {
      if (!(error instanceof GitLabError)) throw error;
      return [error.status, { message: error.message }];
    }
  }

  private dispatch(asked: Asked, parts: readonly string[]): readonly [number, unknown?] {
    const [first = "", second = ""] = parts;
    if (first === "user" && second === "runners" && asked.method === "POST") return this.makeRunner(asked);
    if (first === "user") return [200, { username: "root" }];
    if (first === "application") return this.applicationSettings(asked);
    if (first === "groups") return this.group(asked, second);
    if (first === "projects") return this.project(asked, parts.slice(1));
    if (first === "runners") return this.resetToken(Number(second));
    if (first === "personal_access_tokens" && second === "self" && asked.method === "DELETE") {
      this.tokens.delete(asked.token);
      return [204];
    }
    throw new GitLabError(404, "404 Not Found");
  }

  private applicationSettings({ method, body }: Asked): readonly [number, unknown?] {
    if (method === "PUT") {
      const sources = (body["import_sources"] ?? []) as string[];
      const refused = sources.find((source) => !SOURCES.includes(source));
      if (refused !== undefined) throw new GitLabError(400, "import_sources does not have a valid value");
      Object.assign(this.settings, body);
    }
    return [200, this.settings];
  }

  private group({ method, body }: Asked, path: string): readonly [number, unknown?] {
    const name = method === "POST" ? String(body["path"]) : path;
    if (method === "POST") {
      if (this.groups.has(name)) throw new GitLabError(400, "Failed to save group: path has already been taken");
      this.groups.set(name, { id: this.groups.size + 1, visibility: body["visibility"] });
    }
    const group = this.groups.get(name);
    if (group === undefined) throw new GitLabError(404, "404 Group Not Found");
    return [method === "POST" ? 201 : 200, { ...group, path: name, full_path: name }];
  }

  private project(asked: Asked, [id = "", part = "", ...rest]: readonly string[]): readonly [number, unknown?] {
    if (id === "") return this.importProject(asked.body);
    const project = this.projects.find((one) => String(one.id) === id || `${one.group}/${one.path}` === id);
    if (project === undefined) throw new GitLabError(404, "404 Project Not Found");
    if (part === "import") return this.importStatus(project);
    if (part === "variables") return variable(asked, project, rest[0]);
    if (part === "repository") return file(asked, project, rest[1] ?? "");
    if (part === "runners") return this.listRunners(asked, project);
    if (asked.method === "PUT") project.maxArtifactsSize = Number(asked.body["max_artifacts_size"]);
    const { path, maxArtifactsSize } = project;
    return [200, { id: project.id, path, default_branch: "master", max_artifacts_size: maxArtifactsSize }];
  }

  private importProject(body: Asked["body"]): readonly [number, unknown?] {
    const sources = this.settings["import_sources"] as readonly string[];
    if (!sources.includes("git") || this.refusals-- > 0) throw new GitLabError(403, "import by URL is not enabled");
    const [group] = [...this.groups].find(([, { id }]) => id === body["namespace_id"]) ?? [];
    if (group === undefined) throw new GitLabError(400, "namespace is not valid");
    const path = String(body["path"]);
    const made: Project = {
      ...{ id: 100 + this.projects.length, path, group, importUrl: String(body["import_url"]), looks: 0 },
      ...{ maxArtifactsSize: null, variables: new Map<string, string>(), files: new Map<string, string>() },
    };
    this.projects.push(made);
    for (let index = 0; index < (this.behaviour.otherRunners ?? 0); index += 1)
      this.addRunner(made.id, `other ${index}`, {});
    return [201, { id: made.id, path, import_status: "scheduled" }];
  }

  private importStatus(project: Project): readonly [number, unknown?] {
    const { importTakes = 2, importError } = this.behaviour;
    project.looks += 1;
    if (project.looks <= importTakes) return [200, { import_status: "started" }];
    return [
      200,
      importError === undefined
        ? { import_status: "finished" }
        : { import_status: "failed", import_error: importError },
    ];
  }

  private makeRunner({ body }: Asked): readonly [number, unknown?] {
    if (body["runner_type"] !== "project_type") throw new GitLabError(400, "runner_type is not project_type");
    const runner = this.addRunner(Number(body["project_id"]), String(body["description"]), body);
    return [201, { id: runner.id, token: runner.token, token_expires_at: null }];
  }

  private addRunner(project: number, description: string, settings: Asked["body"]): Runner {
    const runner = { id: 500 + this.runners.length, project, description, token: newToken(), settings };
    this.runners.push(runner);
    return runner;
  }

  private listRunners({ query }: Asked, { id }: Project): readonly [number, unknown?] {
    const [size, page] = [Number(query.get("per_page") ?? 20), Number(query.get("page") ?? 1)];
    const all = this.runners.filter((runner) => runner.project === id);
    // Never the token: it was shown when the runner was made.
    const shown = all
      .slice((page - 1) * size, page * size)
      .map(({ id: number, description }) => ({ id: number, description }));
    return [200, shown];
  }

  private resetToken(id: number): readonly [number, unknown?] {
    const runner = this.runners.find((one) => one.id === id);
    if (runner === undefined) throw new GitLabError(404, "404 Not Found");
    runner.token = newToken();
    return [201, { token: runner.token, token_expires_at: null }];
  }

  private verify({ body }: Asked): readonly [number, unknown?] {
    const known = this.runners.some(({ token }) => token === body["token"]);
    if (!known) throw new GitLabError(403, "403 Forbidden");
    return [200, {}];
  }
}

function variable(
  { method, body }: Asked,
  { variables }: Project,
  key = String(body["key"]),
): readonly [number, unknown?] {
  if (method !== "GET") variables.set(key, String(body["value"]));
  const value = variables.get(key);
  if (value === undefined) throw new GitLabError(404, "404 Variable Not Found");
  return [method === "POST" ? 201 : 200, { key, value }];
}

function file({ method, body, query }: Asked, { files }: Project, path: string): readonly [number, unknown?] {
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
