import { Artifacts } from "@groundwork/constructs/gitlab/pipeline/artifacts";
import { Cache } from "@groundwork/constructs/gitlab/pipeline/cache";
import { Deployment } from "@groundwork/constructs/gitlab/pipeline/deployment";
import { Guard } from "@groundwork/constructs/gitlab/pipeline/guard";
import { Job, type JobProps } from "@groundwork/constructs/gitlab/pipeline/job";
import { JobRule } from "@groundwork/constructs/gitlab/pipeline/job-rule";
import { Need } from "@groundwork/constructs/gitlab/pipeline/need";
import { Pipeline, type PipelineProps } from "@groundwork/constructs/gitlab/pipeline/pipeline";
import * as rules from "@groundwork/constructs/gitlab/rules";
import { Duration } from "@groundwork/constructs/core/duration";
import { Size } from "@groundwork/constructs/core/size";
import fc from "fast-check";
import { parse } from "yaml";

const { PIP001, PIP002, PIP003, PIP004, PIP005, PIP006, PIP007, PIP008 } = rules;
const { PIP009, PIP010, PIP011, PIP012, PIP013, PIP014, PIP015 } = rules;

function job(name: string, props: Partial<JobProps> = {}): Job {
  return Job.of(name, { stage: "build", script: ["true"], ...props });
}

function pipelineOf(jobs: readonly Job[], props: Partial<PipelineProps> = {}): Pipeline {
  return Pipeline.of({ stages: ["build", "test", "deploy"], jobs: jobs as [Job, ...Job[]], ...props });
}

const creating =
  (jobs: readonly Job[], props: Partial<PipelineProps> = {}) =>
  () =>
    pipelineOf(jobs, props);

/** A valid deployment. */
function deploy(props: Partial<JobProps> = {}): Job {
  return job("deploy", {
    stage: "deploy",
    rules: [JobRule.onDefaultBranch()],
    deployment: Deployment.to("production"),
    script: [Guard.file("public/index.html"), "aws s3 sync public s3://site --delete"],
    ...props,
  });
}

describe("Pipeline", () => {
  test("renders every job without inheritance, with keywords in a fixed order", () => {
    const text = pipelineOf(
      [
        job("build", {
          caches: [Cache.npm()],
          script: ["npm ci --cache .npm"],
          artifacts: Artifacts.of(["dist/"], { expireIn: Duration.days(1), exclude: ["dist/*.map"], when: "always" }),
          retry: 1,
          timeout: Duration.minutes(20),
          parallel: 2,
        }),
        job("test", {
          stage: "test",
          needs: [Need.on("build").withoutArtifacts().optional()],
          variables: { CI: "true" },
        }),
        deploy({ needs: ["build"], deployment: Deployment.to("production", { url: "https://www.example.com" }) }),
      ],
      { description: "Two lines\nof words.", variables: { REGION: "us-west-2" } },
    ).render();
    expect(text).toBe(`# Two lines
# of words.

stages:
  - build
  - test
  - deploy

variables:
  REGION: us-west-2

build:
  stage: build
  interruptible: true
  retry: 1
  parallel: 2
  timeout: 1200 seconds
  cache:
    key:
      files:
        - package-lock.json
    paths:
      - .npm/
  script:
    - npm ci --cache .npm
  artifacts:
    paths:
      - dist/
    exclude:
      - dist/*.map
    when: always
    expire_in: 1 days

test:
  stage: test
  needs:
    - job: build
      artifacts: false
      optional: true
  interruptible: true
  variables:
    CI: "true"
  script:
    - "true"

deploy:
  stage: deploy
  needs:
    - build
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  environment:
    name: production
    url: https://www.example.com
  resource_group: production
  interruptible: false
  script:
    - test -s public/index.html
    - aws s3 sync public s3://site --delete
`);
  });

  test("renders commands that parse to the same text, for arbitrary commands", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 }), (script) => {
        const read = parse(pipelineOf([job("one", { script })]).render()) as { one: { script: string[] } };
        expect(read.one.script).toEqual(script);
      }),
    );
  });

  test("distinguishes empty needs from missing needs", () => {
    const text = pipelineOf([job("one"), job("two", { needs: [] })]).render();
    expect(parse(text)).toMatchObject({ two: { needs: [] } });
    expect(parse(text)).not.toHaveProperty("one.needs");
  });

  test("returns its graph as lines", () => {
    expect(pipelineOf([job("a"), job("b", { needs: ["a"] }), job("c", { needs: ["a", "b"] })]).edges).toEqual([
      "a",
      "a → b",
      "a → c",
      "b → c",
    ]);
  });

  test("renders rules", () => {
    const rendered = [
      JobRule.onMergeRequest().manually(),
      JobRule.onTag().always(),
      JobRule.ifChanged("docs/**").never(),
      JobRule.ifExists("Dockerfile"),
      JobRule.otherwise(),
    ].map((rule) => rule.render());
    expect(rendered).toEqual([
      { if: '$CI_PIPELINE_SOURCE == "merge_request_event"', when: "manual" },
      { if: "$CI_COMMIT_TAG", when: "always" },
      { changes: ["docs/**"], when: "never" },
      { exists: ["Dockerfile"] },
      {},
    ]);
  });

  test.each([
    ["a duplicate name", [job("one"), job("one")], /"one".*second job/],
    ["a keyword of GitLab CI as a name", [job("cache")], /keyword of GitLab CI/],
    ["a hidden job", [job(".hidden")], /leading dot/],
    ["a name of 256 characters", [job("x".repeat(256))], /256 characters/],
  ])("rejects %s", (_, jobs, given) => {
    expect(creating(jobs)).toViolate(PIP001, given);
  });

  test("rejects unknown and duplicate stages", () => {
    expect(creating([job("one", { stage: "race" })])).toViolate(PIP002, /"race"; use one of build, test, deploy/);
    expect(creating([job("one")], { stages: ["build", "build"] })).toViolate(PIP002, /twice/);
  });

  test("rejects needs that are unknown, repeated, or the job itself", () => {
    expect(creating([job("one", { needs: ["two"] })])).toViolate(PIP003, /"two", which the pipeline does not have/);
    expect(creating([job("one"), job("two", { needs: ["one", "one"] })])).toViolate(PIP003, /twice/);
    expect(creating([job("one", { needs: ["one"] })])).toViolate(PIP003, /itself/);
  });

  test("rejects a cycle and reports all its jobs", () => {
    const jobs = [job("a", { needs: ["c"] }), job("b", { needs: ["a"] }), job("c", { needs: ["b"] })];
    expect(creating(jobs)).toViolate(PIP004, /a → c → b → a/);
  });

  test("accepts every graph without a cycle", () => {
    const graph = fc.array(fc.array(fc.nat(19), { maxLength: 6 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(graph, (needs) => {
        const jobs = needs.map((list, index) =>
          job(`j${index}`, { needs: [...new Set(list)].filter((other) => other < index).map((other) => `j${other}`) }),
        );
        expect(creating(jobs)).not.toThrow();
      }),
    );
  });

  test("accepts 50 needs and rejects 51", () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => job(`j${index}`));
    const all = (jobs: readonly Job[]) => [
      ...jobs,
      job("last", { stage: "test", needs: jobs.map(({ name }) => name) }),
    ];
    expect(creating(all(many(50)))).not.toThrow();
    expect(creating(all(many(51)))).toViolate(PIP005, /51 needs/);
  });

  test("rejects a need on a later stage, and accepts one within a stage", () => {
    expect(creating([job("late", { stage: "test" }), job("early", { needs: ["late"] })])).toViolate(
      PIP006,
      /later stage/,
    );
    expect(creating([job("one"), job("two", { needs: ["one"] })])).not.toThrow();
  });

  test.each([
    ["none at all", ["aws s3 sync public s3://site --delete"]],
    ["one after the sync", ["aws s3 sync public s3://site --delete", Guard.file("public/index.html")]],
    ["none before another command", ["kubectl apply -f manifests"]],
  ])("rejects a deployment without a guard: %s", (_, script) => {
    expect(creating([deploy({ script })])).toViolate(PIP007, /without a guard/);
  });

  test("rejects a deployment without a resource group, even if it is not declared as a deployment", () => {
    expect(creating([job("sync", { script: [Guard.files("public", 3), "aws s3 sync public s3://site"] })])).toViolate(
      PIP008,
      /no resource group/,
    );
    expect(creating([deploy({ deployment: Deployment.to("production", { resourceGroup: "" }) })])).toViolate(PIP008);
    expect(creating([deploy({ interruptible: true })])).toViolate(PIP008, /interruptible/);
  });

  test("rejects a deployment without rules", () => {
    expect(creating([deploy({ rules: [] })])).toViolate(PIP009);
  });

  test("rejects caches above the limits of GitLab", () => {
    expect(() => Cache.by({ files: ["a", "b", "c"] }, ["x"])).toViolate(PIP010, /3 files/);
    expect(() => Cache.by({ files: [] }, ["x"])).toViolate(PIP010);
    const caches = Array.from({ length: 5 }, (_, index) => Cache.by(`key-${index}`, ["x"], { policy: "pull" }));
    expect(creating([job("one", { caches })])).toViolate(PIP010, /5 caches/);
  });

  test("rejects a cache of node_modules with npm ci, which deletes it", () => {
    const caches = [Cache.by("modules", ["node_modules/"])];
    expect(creating([job("one", { caches, script: ["npm ci"] })])).toViolate(PIP011, /Cache\.npm\(\)/);
    expect(creating([job("one", { caches, script: ["npm install"] })])).not.toThrow();
  });

  test("rejects artifacts above the limit of the project, and node_modules without a size", () => {
    const modules = (size?: Size) => [job("one", { artifacts: Artifacts.of(["node_modules/"], size && { size }) })];
    expect(creating(modules(Size.mebibytes(300)))).toViolate(PIP012, /300 MiB, limit of the project 100 MiB/);
    expect(creating(modules(Size.mebibytes(300)), { artifactLimit: Size.mebibytes(500) })).not.toThrow();
    expect(creating(modules())).toViolate(PIP012, /unknown size/);
  });

  test("rejects secrets without repeating them, and invalid names of variables", () => {
    const secret = ["glpat", "abcdefghij0123456789"].join("-");
    const create = creating([job("one", { script: [`curl -H 'PRIVATE-TOKEN: ${secret}'`] })]);
    expect(create).toViolate(PIP013, /GitLab token/);
    expect(create).not.toThrow(secret);
    expect(creating([job("one", { variables: { TOKEN: secret } })])).toViolate(PIP013);
    expect(creating([job("one")], { variables: { "A-B": "c" } })).toViolate(PIP013, /"A-B"/);
  });

  test("rejects jobs without a script, with too many retries or with too many copies", () => {
    expect(creating([job("one", { script: [] })])).toViolate(PIP014, /no script/);
    expect(creating([job("one", { retry: 3 })])).toViolate(PIP014, /retry 3/);
    expect(creating([job("one", { parallel: 201 })])).toViolate(PIP014, /parallel 201/);
  });

  test("rejects a need on a job that its rules can exclude", () => {
    const build = job("build", { rules: [JobRule.onTag()] });
    expect(creating([build, job("test", { needs: ["build"] })])).toViolate(PIP015, /optional\(\)/);
    expect(creating([build, job("test", { needs: [Need.on("build").optional()] })])).not.toThrow();
    expect(creating([build, job("test", { needs: ["build"], rules: [JobRule.onTag()] })])).not.toThrow();
  });

  test("reports all violations at once", () => {
    const create = creating([job("cache", { stage: "x" }), job("one", { needs: ["two"], script: [] })]);
    for (const rule of [PIP001, PIP002, PIP003, PIP014]) expect(create).toViolate(rule);
  });
});
