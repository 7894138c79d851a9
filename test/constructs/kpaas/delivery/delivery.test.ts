import { NAM001 } from "@groundwork/constructs/core/rules";
import { Delivery, type DeliveryProps } from "@groundwork/constructs/kpaas/delivery/delivery";
import { ImageTag } from "@groundwork/constructs/kpaas/delivery/image-tag";
import { Trigger } from "@groundwork/constructs/kpaas/delivery/trigger";
import { KPS030, KPS032, KPS033 } from "@groundwork/constructs/kpaas/rules";
import { parse } from "yaml";

type Jobs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const URL = "https://github.com/example/spring-music";

function delivery(props: Partial<DeliveryProps> = {}): Delivery {
  return Delivery.of({
    application: "spring-music",
    repository: { url: URL, branch: "main" },
    registry: { host: "harbor.203.0.113.11.nip.io", project: "lab" },
    target: { cluster: "lab", nodePort: 30088 },
    ...props,
  });
}

function jobs(props: Partial<DeliveryProps> = {}): Jobs {
  return parse(delivery(props).pipeline.render()) as Jobs;
}

/** Values of the click list's tables, by job and field. */
function clicks(props: Partial<DeliveryProps> = {}): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const [, ...sections] = delivery(props).clickList.split("## Job: ");
  return Object.fromEntries(
    sections.map((text) => [
      /^[\w-]+/.exec(text)?.[0] ?? "",
      Object.fromEntries(
        [...text.matchAll(/^\| (.+?) \| (.+) \|$/gm)].map(([, field = "", value = ""]) => [field, value]),
      ),
    ]),
  );
}

describe("Delivery", () => {
  test("builds with Gradle, analyses, tests with JUnit and deploys, each after the previous job", () => {
    expect(delivery().pipeline.edges).toEqual([
      "build",
      "build → static-analysis",
      "static-analysis → test",
      "test → deploy",
    ]);
    const { build, test: tests, deploy, ...others } = jobs();
    expect(build?.["script"]).toContain("./gradlew --no-daemon assemble");
    expect(others["static-analysis"]?.["script"]).toContainEqual(expect.stringContaining("qualitygate.wait=true"));
    expect(tests).toMatchObject({ artifacts: { when: "always", reports: { junit: "build/test-results/test/*.xml" } } });
    expect(deploy).toMatchObject({ environment: { name: "lab" }, resource_group: "lab", interruptible: false });
  });

  test("uses the same unique image tag in both representations", () => {
    expect(jobs()["variables"]?.["IMAGE"]).toBe("harbor.203.0.113.11.nip.io/lab/spring-music:$CI_COMMIT_SHORT_SHA");
    expect(jobs({ tag: ImageTag.ofRun() })["variables"]?.["IMAGE"]).toMatch(/:\$CI_PIPELINE_IID$/);
    expect(clicks({ tag: ImageTag.ofRun() })["build"]?.["Tag of the image"]).toContain("the number of the run");
  });

  test("lists type, trigger and repository of every job", () => {
    const list = clicks({ triggers: { deploy: Trigger.manual() } });
    expect(Object.keys(list)).toEqual(["build", "static-analysis", "test", "deploy"]);
    for (const job of Object.values(list)) expect(job["Repository"]).toBe(`\`${URL}\`, branch \`main\``);
    expect(Object.values(list).map((job) => job["Trigger"])).toEqual([
      "on a change of the repository's branch",
      ...["after the previous job has succeeded", "after the previous job has succeeded", "manually"],
    ]);
    expect(Object.values(list).map((job) => job["Job type"])).toEqual([
      "`Build`: Gradle",
      "`Static-Analysis`: SonarQube, with the JaCoCo plugin for Gradle",
      "`JUnit-Test`: JUnit, with Gradle",
      "`Deploy`: rolling update, Java",
    ]);
  });

  test("deploys the same objects in both representations, without placeholders", () => {
    const [, heredoc = ""] = (jobs()["deploy"]?.["script"] as readonly string[]).slice(0, 2);
    const inCi = heredoc.replace(/^.*<<EOF\n|EOF$/g, "");
    const yaml = [...delivery().clickList.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = ""]) => text);
    expect(yaml.join("---\n").replace(/"harbor.*:<tag>"/, '"$IMAGE"')).toBe(inCi);
    expect(inCi).toMatch(/- port: 80\n\s+targetPort: 8080\n\s+nodePort: 30088\n/);
    expect(delivery().clickList).not.toMatch(/%\w+%/);
  });

  test("has a manual job for a manual trigger", () => {
    const { deploy, test: tests } = jobs({ triggers: { deploy: Trigger.manual() } });
    expect(deploy).toMatchObject({ rules: [{ when: "manual" }], needs: [{ job: "test", optional: true }] });
    expect(tests?.["needs"]).toEqual(["static-analysis"]);
  });

  test("contains no secret: credentials are variables of the project", () => {
    const text = delivery().pipeline.render();
    for (const name of ["HARBOR_USER", "HARBOR_PASSWORD", "SONAR_TOKEN", "KUBECONFIG"])
      expect(text).toContain(`test -n "\${${name}:-}"`);
    expect(text).not.toMatch(/-Dsonar\.(token|login)/);
  });

  test.each([
    ["build", Trigger.afterPrevious(), /build: after the previous job/],
    ["test", Trigger.onChange(), /test: on a change/],
    ["deploy", Trigger.onChange(), /Trigger.afterPrevious\(\) or Trigger.manual\(\)/],
  ])("rejects a %s job with an impossible trigger", (kind, trigger, message) => {
    expect(() => delivery({ triggers: { [kind]: trigger } })).toViolate(KPS032, message);
  });

  test.each([
    [["https://user", "word@example.com/a"].join(":"), "main", /not plain https/],
    ["git@example.com:a/b", "main", /not plain https/],
    [URL, "a branch", /branch "a branch"/],
  ])("rejects the repository %s, %s", (url, branch, message) => {
    expect(() => delivery({ repository: { url, branch } })).toViolate(KPS033, message);
  });

  test("rejects a node port of the ingress, and an invalid object name", () => {
    expect(() => delivery({ target: { cluster: "lab", nodePort: 31443 } })).toViolate(KPS030, /which the ingress uses/);
    expect(() => delivery({ application: "Spring" })).toViolate(NAM001, /"Spring"/);
  });
});
