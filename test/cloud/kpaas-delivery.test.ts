import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { deliveryFiles } from "@groundwork/constructs/kpaas/delivery/delivery-files";
import { parseAllDocuments } from "yaml";
import { PipelineRun } from "./support/pipeline-run";

/** A stand-in for Gradle's wrapper: creates the outputs of Gradle, and fails for the task of a file `fails-<task>`. */
const GRADLE = `#!/bin/bash
echo "gradlew $*" >>calls
[ ! -e "fails-$2" ] || exit 1
case $2 in
  assemble) mkdir -p build/libs build/classes; [ -e empty ] || echo jar >build/libs/spring-music-1.0.jar ;;
  test) mkdir -p build/test-results/test build/reports/tests; echo '<testsuite/>' >build/test-results/test/TEST-a.xml ;;
esac
`;

const PROJECT = {
  HARBOR_USER: "robot",
  HARBOR_PASSWORD: ["of", "harbor"].join("-"),
  SONAR_HOST_URL: "http://127.0.0.1:9000",
  SONAR_TOKEN: ["of", "sonar"].join("-"),
  KUBECONFIG: "/dev/null",
};

/** The lab's delivery in a separate repository. gitlab-ci-local validates against GitLab's published schema. */
describe("spring-music.yml", () => {
  const runs: PipelineRun[] = [];
  afterAll(() => {
    for (const run of runs) run.remove();
  });

  function repository(files: Readonly<Record<string, string>> = {}): PipelineRun {
    // The runner always checks out main, which the rules of the jobs have to match.
    const pipeline = (deliveryFiles()["pipelines/spring-music.yml"] ?? "").replaceAll('"master"', '"main"');
    const run = new PipelineRun(pipeline, { "gradle/wrapper/gradle-wrapper.properties": "x=1\n", ...files });
    run.write("gradlew", GRADLE, 0o755);
    run.write(
      ".bin/podman",
      `#!/bin/bash\n[ "$1" != login ] || cat >"$ROOT/given"\necho "podman $*" >>"$ROOT/calls"\n`,
      0o755,
    );
    run.write(
      ".bin/kubectl",
      `#!/bin/bash\n[ "$1" != apply ] || cat >"$ROOT/applied"\necho "kubectl $*" >>"$ROOT/calls"\n`,
      0o755,
    );
    runs.push(run);
    return run;
  }

  const read = (run: PipelineRun, file: string) =>
    existsSync(join(run.directory, file)) ? readFileSync(join(run.directory, file), "utf8") : "";
  const start = (run: PipelineRun, environment: Readonly<Record<string, string>> = PROJECT) =>
    run.run({ ...environment, ROOT: run.directory });

  test("builds, pushes, analyses, tests and deploys one image, in this order", async () => {
    const run = repository();
    const { code, output } = await start(run);
    expect({ code, output: code === 0 ? "" : output }).toEqual({ code: 0, output: "" });
    const image = /push (\S+)/.exec(read(run, "calls"))?.[1] ?? "";
    expect(image).toMatch(/^harbor\.203\.0\.113\.11\.nip\.io\/lab\/spring-music:[0-9a-f]{7,}$/);
    const calls = read(run, "calls")
      .trim()
      .split("\n")
      .map((call) => call.split(" ").slice(0, 3).join(" "));
    expect(calls).toEqual([
      "gradlew --no-daemon assemble",
      "podman build --tag",
      "podman login --username",
      `podman push ${image}`,
      "gradlew --no-daemon sonarqube",
      "gradlew --no-daemon test",
      "kubectl apply --filename=-",
      "kubectl --namespace=default rollout",
    ]);
    expect(read(run, "given")).toBe(PROJECT.HARBOR_PASSWORD);
    const [deployment, service] = parseAllDocuments(read(run, "applied")).map((document) => document.toJS() as unknown);
    expect(deployment).toHaveProperty("spec.template.spec.containers.0.image", image);
    expect(service).toHaveProperty("spec.ports", [{ port: 80, targetPort: 8080, nodePort: 30088 }]);
    for (const secret of [PROJECT.HARBOR_PASSWORD, PROJECT.SONAR_TOKEN])
      expect(read(run, "calls")).not.toContain(secret);
  });

  test.each(["sonarqube", "test"])("deploys nothing when %s fails", async (task) => {
    const run = repository();
    run.write(`fails-${task}`, "");
    expect((await start(run)).code).not.toBe(0);
    expect(read(run, "calls")).toContain(task);
    expect(read(run, "calls")).not.toContain("kubectl");
  });

  test("pushes nothing without a build result, and starts nothing when a variable is missing", async () => {
    const empty = repository();
    empty.write("empty", "");
    expect((await start(empty)).code).not.toBe(0);
    expect(read(empty, "calls")).not.toContain("podman");
    const run = repository();
    expect((await start(run, { ...PROJECT, HARBOR_PASSWORD: "" })).code).not.toBe(0);
    expect(read(run, "calls")).toBe("");
  });
});
