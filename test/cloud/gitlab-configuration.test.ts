import { readFileSync, rmSync } from "node:fs";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { Files } from "@groundwork/constructs/boot/files";
import { Steps } from "@groundwork/constructs/boot/steps";
import { programText } from "@groundwork/constructs/boot/program-text";
import { GitLabConfiguration } from "@groundwork/constructs/gitlab/gitlab-configuration";
import { sitePipeline } from "@groundwork/constructs/gitlab/pipeline/site-pipeline";
import type { GitLabBehaviour } from "@groundwork/local/gitlab/api";
import { GitLabApi } from "@groundwork/local/gitlab/api";
import type { BootOutcome } from "../support/boot-root";
import { BootRoot } from "../support/boot-root";

const pipeline = sitePipeline({ region: "us-west-2" });
const configuration = GitLabConfiguration.of({
  group: "lab",
  project: "gatsby-starter-default",
  importUrl: "https://github.com/gatsbyjs/gatsby-starter-default.git",
  runnerTokenParameter: "/lab/gitlab/runner-token",
  variables: { SITE_BUCKET: "my-static-website-111122223333" },
  pipeline,
});

/** What stands in for gitlab-rails: it keeps what it was told, and tells it to the API in the test's process. */
const RAILS = 'cat >"$ROOT/rails-input"';

/** What stands in for AWS's client: parameters are files. */
const AWS = `
case "$2" in
  get-parameter)
    [ -e "$ROOT/parameter" ] || { echo "An error occurred (ParameterNotFound)" >&2; exit 254; }
    printf '{"Parameter":{"Value":"%s"}}' "$(cat "$ROOT/parameter")" ;;
  put-parameter)
    [[ "$*" == *" --type SecureString --overwrite --value file:///dev/stdin" ]] || exit 252
    cat >"$ROOT/parameter" ;;
esac`;

/** A server that is installed and about to be configured. */
class Scene {
  static async of(behaviour: GitLabBehaviour = {}): Promise<Scene> {
    return new Scene(await GitLabApi.start(behaviour));
  }

  readonly root: BootRoot;

  private constructor(readonly api: GitLabApi) {
    const boot = CloudInit.ubuntu().with(
      Files.settings("/etc/groundwork/gitlab.env", { LOCAL_URL: api.url, GITLAB_HOST: "gitlab.example.com" }),
      Files.text("/etc/groundwork/gitlab-configuration.json", configuration.render()),
      Files.text("/usr/local/lib/groundwork/configure.py", programText("gitlab", "configure.py")),
      Steps.script("configuration", programText("gitlab", "configure.sh")),
    );
    this.root = new BootRoot(boot.render(), { "gitlab-rails": RAILS, aws: AWS });
  }

  /** Runs the step, with the console's part done by the test: the token it was told becomes valid. */
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

  /** Requests that change something, since the last time. */
  changes(): readonly string[] {
    const all = this.api.requests.splice(0).filter((request) => !request.startsWith("GET"));
    return all.filter((request) => !/verify|personal_access_tokens/.test(request));
  }

  async end(): Promise<void> {
    await this.api.stop();
    this.root.remove();
  }

  readonly seen = new Set<string>();
}

const scenes: Scene[] = [];
async function scene(behaviour: GitLabBehaviour = {}): Promise<Scene> {
  const made = await Scene.of(behaviour);
  scenes.push(made);
  return made;
}
afterAll(() => Promise.all(scenes.map((one) => one.end())));

describe("the configuration of a server, really run against a stand-in of its API", () => {
  test("brings an empty server to what the lab clicked together", async () => {
    const one = await scene();
    const { api } = one;
    expect(await one.configure()).toMatchObject({ code: 0, state: "done" });
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
    expect(one.parameter).toBe(api.runners[0]?.token);
  });

  test("changes nothing when it is run a second time", async () => {
    const one = await scene();
    await one.configure();
    one.changes();
    const token = one.parameter;
    expect(await one.configure()).toMatchObject({ state: "done" });
    expect(one.changes()).toEqual([]);
    expect(one.parameter).toBe(token);
  });

  test("leaves no token of its own behind, neither valid nor written down", async () => {
    const one = await scene();
    const { log } = await one.configure();
    expect(one.api.tokens.size).toBe(0);
    const [token = ""] = one.seen;
    expect(token.length).toBeGreaterThanOrEqual(20);
    const said = [
      log,
      one.root.calls.join("\n"),
      JSON.stringify(one.root.read("/var/lib/groundwork/status.json")),
    ].join("\n");
    expect(said).not.toContain(token);
    expect(said).not.toContain(one.parameter);
  });

  test("revokes its token also when it fails", async () => {
    const one = await scene({ importError: "repository not found" });
    const { state, log } = await one.configure();
    expect(state).toBe("failed");
    expect(log).toContain("the import failed: repository not found");
    expect(one.api.tokens.size).toBe(0);
    expect(one.api.requests).toContain("DELETE /personal_access_tokens/self");
  });

  test("waits for a slow start, for cached settings, and for the import", async () => {
    const one = await scene({ unreadyFor: 3, cachedFor: 3, importTakes: 5 });
    expect(await one.configure()).toMatchObject({ state: "done" });
    expect(one.api.requests.filter((request) => request === "POST /projects").length).toBe(4);
    expect(one.api.requests.filter((request) => request.endsWith("/import")).length).toBe(6);
  });

  test("keeps the import sources that are there, and does not give back what GitLab refuses", async () => {
    const one = await scene({ importSources: ["gitea", "gitlab", "phabricator"] });
    await one.configure();
    expect(one.api.settings["import_sources"]).toEqual(["git", "gitea"]);
  });

  test("replaces a token that was lost between the runner and the parameter", async () => {
    const one = await scene();
    await one.configure();
    rmSync(one.root.path("/parameter"));
    const lost = one.api.runners[0]?.token;
    expect(await one.configure()).toMatchObject({ state: "done" });
    expect(one.api.runners).toHaveLength(1);
    expect(one.parameter).toBe(one.api.runners[0]?.token);
    expect(one.parameter).not.toBe(lost);
  });

  test("replaces a token in the parameter that the server no longer knows", async () => {
    const one = await scene();
    one.root.write("/parameter", ["glrt", "of-a-server-that-is-gone"].join("-"));
    await one.configure();
    expect(one.parameter).toBe(one.api.runners[0]?.token);
  });

  test("finds its runner among many pages of others", async () => {
    const one = await scene({ otherRunners: 120 });
    await one.configure();
    one.changes();
    await one.configure();
    expect(one.changes()).toEqual([]);
  });

  test("leaves a pipeline alone that people have changed, and mends a limit and a variable that they have", async () => {
    const one = await scene();
    await one.configure();
    const project = one.api.projects[0];
    project?.files.set(".gitlab-ci.yml", "ours");
    project?.variables.set("SITE_BUCKET", "wrong");
    if (project !== undefined) project.maxArtifactsSize = 100;
    await one.configure();
    expect(project?.files.get(".gitlab-ci.yml")).toBe("ours");
    expect(project?.variables.get("SITE_BUCKET")).toBe("my-static-website-111122223333");
    expect(project?.maxArtifactsSize).toBe(500);
  });

  test("asks the console for a token that ends, with no more than it needs, and not by an argument", async () => {
    const one = await scene();
    await one.configure();
    const input = readFileSync(one.root.path("/rails-input"), "utf8");
    expect(input).toContain('scopes: ["api"], expires_at: Date.tomorrow');
    expect(one.root.calls.find((call) => call.startsWith("gitlab-rails"))).toBe("gitlab-rails runner -");
  });
});
