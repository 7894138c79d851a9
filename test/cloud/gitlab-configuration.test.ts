import { readFileSync, rmSync } from "node:fs";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { Files } from "@groundwork/constructs/boot/parts/files";
import { Steps } from "@groundwork/constructs/boot/parts/steps";
import { programText } from "@groundwork/constructs/boot/program-text";
import { GitLabConfiguration } from "@groundwork/constructs/gitlab/server/gitlab-configuration";
import { sitePipeline } from "@groundwork/constructs/gitlab/pipeline/site/site-pipeline";
import { GitLabApi, type GitLabBehaviour } from "@groundwork/local/gitlab/api";
import { type BootOutcome, BootRoot } from "../support/boot-root";

const pipeline = sitePipeline({ region: "us-west-2" });
const configuration = GitLabConfiguration.of({
  group: "lab",
  project: "gatsby-starter-default",
  importUrl: "https://github.com/gatsbyjs/gatsby-starter-default.git",
  runnerTokenParameter: "/lab/gitlab/runner-token",
  variables: { SITE_BUCKET: "my-static-website-111122223333" },
  pipeline,
});

const HOST = "gitlab.example.com";

/** Stand-in for gitlab-rails: it stores its input, which the test passes to the API stand-in. */
const RAILS = 'cat >"$ROOT/rails-input"';

/** Stand-in for the AWS CLI: parameters are files. */
const AWS = `
case "$2" in
  get-parameter)
    [ -e "$ROOT/parameter" ] || { echo "An error occurred (ParameterNotFound)" >&2; exit 254; }
    printf '{"Parameter":{"Value":"%s"}}' "$(cat "$ROOT/parameter")" ;;
  put-parameter)
    [[ "$*" == *" --type SecureString --overwrite --value file:///dev/stdin" ]] || exit 252
    cat >"$ROOT/parameter" ;;
esac`;

/** An installed server before its configuration. */
class InstalledServer {
  static async start(behaviour: GitLabBehaviour = {}): Promise<InstalledServer> {
    return new InstalledServer(await GitLabApi.start({ hostName: HOST, ...behaviour }));
  }

  readonly root: BootRoot;

  private constructor(readonly api: GitLabApi) {
    const boot = CloudInit.ubuntu().with(
      Files.settings("/etc/groundwork/gitlab.env", { LOCAL_URL: api.url, GITLAB_HOST: HOST }),
      Files.text("/etc/groundwork/gitlab-configuration.json", configuration.render()),
      Files.text("/usr/local/lib/groundwork/configure.py", programText("gitlab", "configure.py")),
      Steps.script("configuration", programText("gitlab", "configure.sh")),
    );
    this.root = new BootRoot(boot.render(), { "gitlab-rails": RAILS, aws: AWS });
  }

  /** Runs the configuration step; the token passed to gitlab-rails becomes valid in the API stand-in. */
  async configure(): Promise<BootOutcome> {
    rmSync(this.root.path("/rails-input"), { force: true });
    rmSync(this.root.path("/var/lib/groundwork/done/01-configuration"), { force: true });
    const watch = setInterval(() => {
      const token = /set_token\("([^"]+)"\)/.exec(this.root.read("/rails-input"))?.[1];
      if (token !== undefined && !this.seen.has(token)) {
        this.seen.add(token);
        this.api.tokens.add(token);
      }
    }, 5);
    const outcome = await this.root.boot({ POLL_SECONDS: "0.02" });
    clearInterval(watch);
    return outcome;
  }

  get parameter(): string {
    return this.root.read("/parameter");
  }

  /** Requests that change the configuration, since the last call. */
  changes(): readonly string[] {
    const all = this.api.requests.splice(0).filter((request) => !request.startsWith("GET"));
    return all.filter((request) => !/verify|personal_access_tokens/.test(request));
  }

  async stop(): Promise<void> {
    await this.api.stop();
    this.root.remove();
  }

  readonly seen = new Set<string>();
}

const servers: InstalledServer[] = [];
async function installedServer(behaviour: GitLabBehaviour = {}): Promise<InstalledServer> {
  const server = await InstalledServer.start(behaviour);
  servers.push(server);
  return server;
}
afterAll(() => Promise.all(servers.map((server) => server.stop())));

describe("configuration of a server in a real run against an API stand-in", () => {
  test("configures an empty server completely", async () => {
    const server = await installedServer();
    const { api } = server;
    expect(await server.configure()).toMatchObject({ code: 0, state: "done" });
    expect(api.settings).toMatchObject({ import_sources: ["git", "github"], signup_enabled: false });
    expect([...api.groups.keys()]).toEqual(["lab"]);
    expect(api.projects).toHaveLength(1);
    expect(api.projects[0]).toMatchObject({
      importUrl: "https://github.com/gatsbyjs/gatsby-starter-default.git",
      maxArtifactsSize: 500,
    });
    expect(api.projects[0]?.variables.get("SITE_BUCKET")).toBe("my-static-website-111122223333");
    expect(api.projects[0]?.files.get(".gitlab-ci.yml")).toBe(pipeline.render());
    expect(api.runners).toHaveLength(1);
    expect(api.runners[0]?.settings).toMatchObject({ runner_type: "project_type", run_untagged: true, locked: true });
    expect(server.parameter).toBe(api.runners[0]?.token);
  });

  test("is idempotent", async () => {
    const server = await installedServer();
    await server.configure();
    server.changes();
    const token = server.parameter;
    expect(await server.configure()).toMatchObject({ state: "done" });
    expect(server.changes()).toEqual([]);
    expect(server.parameter).toBe(token);
  });

  test("leaves no valid API token, and writes no token to a log", async () => {
    const server = await installedServer();
    const { log } = await server.configure();
    expect(server.api.tokens.size).toBe(0);
    const [token = ""] = server.seen;
    expect(token.length).toBeGreaterThanOrEqual(20);
    const texts = [
      log,
      server.root.calls.join("\n"),
      JSON.stringify(server.root.read("/var/lib/groundwork/status.json")),
    ].join("\n");
    expect(texts).not.toContain(token);
    expect(texts).not.toContain(server.parameter);
  });

  test("revokes its API token after a failure", async () => {
    const server = await installedServer({ importError: "repository not found" });
    const { state, log } = await server.configure();
    expect(state).toBe("failed");
    expect(log).toContain("the import failed: repository not found");
    expect(server.api.tokens.size).toBe(0);
    expect(server.api.requests).toContain("DELETE /personal_access_tokens/self");
  });

  test("waits for a slow start, for cached settings and for the import", async () => {
    const server = await installedServer({ unreadyFor: 3, cachedFor: 3, importTakes: 5 });
    expect(await server.configure()).toMatchObject({ state: "done" });
    expect(server.api.requests.filter((request) => request === "POST /projects").length).toBe(4);
    expect(server.api.requests.filter((request) => request.endsWith("/import")).length).toBe(6);
  });

  test("keeps existing import sources except those that GitLab rejects", async () => {
    const server = await installedServer({ importSources: ["gitea", "gitlab", "phabricator"] });
    await server.configure();
    expect(server.api.settings["import_sources"]).toEqual(["git", "gitea"]);
  });

  test("replaces a token that is missing in the parameter", async () => {
    const server = await installedServer();
    await server.configure();
    rmSync(server.root.path("/parameter"));
    const lost = server.api.runners[0]?.token;
    expect(await server.configure()).toMatchObject({ state: "done" });
    expect(server.api.runners).toHaveLength(1);
    expect(server.parameter).toBe(server.api.runners[0]?.token);
    expect(server.parameter).not.toBe(lost);
  });

  test("replaces a token in the parameter that the server no longer accepts", async () => {
    const server = await installedServer();
    server.root.write("/parameter", ["glrt", "of-a-deleted-server"].join("-"));
    await server.configure();
    expect(server.parameter).toBe(server.api.runners[0]?.token);
  });

  test("finds its runner on a later page of the list", async () => {
    const server = await installedServer({ otherRunners: 120 });
    await server.configure();
    server.changes();
    await server.configure();
    expect(server.changes()).toEqual([]);
  });

  test("keeps a changed pipeline, and corrects a changed limit and variable", async () => {
    const server = await installedServer();
    await server.configure();
    const project = server.api.projects[0];
    project?.files.set(".gitlab-ci.yml", "ours");
    project?.variables.set("SITE_BUCKET", "wrong");
    if (project !== undefined) project.maxArtifactsSize = 100;
    await server.configure();
    expect(project?.files.get(".gitlab-ci.yml")).toBe("ours");
    expect(project?.variables.get("SITE_BUCKET")).toBe("my-static-website-111122223333");
    expect(project?.maxArtifactsSize).toBe(500);
  });

  test("creates an API token that expires, with the scope api only, without an argument", async () => {
    const server = await installedServer();
    await server.configure();
    const input = readFileSync(server.root.path("/rails-input"), "utf8");
    expect(input).toContain('scopes: ["api"], expires_at: Date.tomorrow');
    expect(server.root.calls.find((call) => call.startsWith("gitlab-rails"))).toBe("gitlab-rails runner -");
  });
});
