import { bringUpToDate, findImage, type ImageContext } from "@groundwork/cli/images/image";
import type { ImageApi } from "@groundwork/cli/images/image-api";
import type { Build, Definition } from "@groundwork/cli/images/image-state";

const COMMIT = "ca9e9d4566bdb757fa5dd31c402c15629962c364";
const DIGEST = `sha256:${"a".repeat(64)}`;
const project = { stack: "lab-eks", region: "ap-northeast-2", name: "lab-eks-demo-build" };

const definition: Definition = {
  repository: "demo",
  hash: "1",
  source: "https://a/b",
  revision: COMMIT,
  tag: "latest",
};

function buildOf(number: number, changes: Partial<Build> = {}): Build {
  return {
    id: `demo:${number}`,
    number,
    status: "succeeded",
    phase: "COMPLETED",
    startedAt: new Date(number),
    endedAt: new Date(number),
    hash: "1",
    digest: DIGEST,
    tag: "latest",
    commit: COMMIT,
    errors: [],
    log: undefined,
    ...changes,
  };
}

/** CodeBuild in which each build goes through the given states, and whose successful builds push the image. */
class FakeBuilds implements ImageApi {
  readonly started: string[] = [];
  builds: Build[] = [];
  private pushed = false;

  constructor(
    private readonly ends: Partial<Build> = {},
    private readonly known: Definition | undefined = definition,
  ) {}

  definitionOf(): Promise<Definition | undefined> {
    return Promise.resolve(this.known);
  }

  buildsOf(): Promise<readonly Build[]> {
    return Promise.resolve([...this.builds].reverse());
  }

  start(name: string): Promise<string> {
    this.started.push(name);
    const build = buildOf(this.builds.length + 1, { status: "running", phase: "PROVISIONING" });
    this.builds.push(build);
    return Promise.resolve(build.id);
  }

  /** Every look at a build moves it to its end. */
  build(id: string): Promise<Build> {
    const index = this.builds.findIndex((one) => one.id === id);
    const build = this.builds[index] ?? buildOf(0);
    if (build.status === "running") this.builds[index] = buildOf(build.number, this.ends);
    if (build.status === "succeeded") this.pushed = true;
    return Promise.resolve(build);
  }

  digestOf(): Promise<string | undefined> {
    return Promise.resolve(this.pushed ? DIGEST : undefined);
  }

  logOf(): Promise<readonly string[]> {
    return Promise.resolve(["the last line"]);
  }
}

function contextOf(api: ImageApi): { readonly context: ImageContext; readonly lines: string[] } {
  const lines: string[] = [];
  const log = (line: string) => lines.push(line);
  const head = () => Promise.resolve(COMMIT);
  return { lines, context: { api, head, log, abort: new AbortController().signal, intervalMs: 1 } };
}

describe("building an image", () => {
  test("starts a build, reports its phases and its digest, and does nothing the second time", async () => {
    const api = new FakeBuilds();
    const { context, lines } = contextOf(api);
    await bringUpToDate(project, context);
    expect(lines).toEqual([
      "demo is built: the repository has no image :latest",
      expect.stringMatching(/^demo build 1, .*: provisioning$/),
      `demo:latest is ${DIGEST} of ca9e9d4`,
    ]);
    await bringUpToDate(project, context);
    expect(api.started).toEqual([project.name]);
  });

  test("follows a build that runs already", async () => {
    const api = new FakeBuilds();
    await api.start("by someone else");
    const { context } = contextOf(api);
    await bringUpToDate(project, context);
    expect(api.started).toEqual(["by someone else"]);
  });

  test("fails with the errors and the log of a build that fails", async () => {
    const { context } = contextOf(new FakeBuilds({ status: "failed", errors: ["BUILD: exit status 1"] }));
    await expect(bringUpToDate(project, context)).rejects.toThrow(
      "build 1 of demo failed\nBUILD: exit status 1\nthe last line",
    );
  });

  test("fails when the image is another one after the build", async () => {
    const { context } = contextOf(new FakeBuilds({ hash: "2" }));
    await expect(bringUpToDate(project, context)).rejects.toThrow(/demo changed during its build/);
  });

  test("fails for a project that is not deployed", async () => {
    class Undeployed extends FakeBuilds {
      override definitionOf(): Promise<undefined> {
        return Promise.resolve(undefined);
      }
    }
    const { context } = contextOf(new Undeployed());
    await expect(findImage(project, context)).rejects.toThrow(
      /does not exist; deploy it first: npx cdktf deploy lab-eks/,
    );
  });
});
