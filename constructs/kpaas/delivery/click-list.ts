import { markdownCode } from "../../core/quoting/markdown";
import type { Delivery, JobKind } from "./delivery";
import { deliveredObjects } from "./delivery-objects";

type Row = readonly [field: string, value: string];

/** The four jobs of a delivery as instructions for the pages of the portal's pipeline, value by value. */
export function clickList(delivery: Delivery): string {
  const { application, quality, target, image, tag } = delivery;
  const { deployment, service } = deliveredObjects(delivery, `${image}:<tag>`);
  return [
    `# ${application}: configuration of the portal's pipeline`,
    "",
    "Written by `npm run pipelines` from the same description as the GitLab pipeline. The portal's pipeline has no documented API, so a",
    "person creates these jobs, once. If a field has another name on a page, use the field with the same meaning.",
    "",
    "## Prerequisites",
    "",
    "1. Log in at the pipeline's page as an administrator.",
    `2. Pipeline Management, Kubernetes Information: register the cluster's kubeconfig as ${markdownCode(target.cluster)}.`,
    `3. Quality Management: create the quality gate ${markdownCode(quality.gate)} if it does not exist; a new installation has none.`,
    `4. Create New: a pipeline named ${markdownCode(application)}.`,
    ...section("build", "Build", "Gradle", delivery, [
      ["Image name", `${markdownCode(application)}, in Harbor's project ${markdownCode(delivery.registry.project)}`],
      ["Tag of the image", `${tag.description}; never \`latest\`. Without a field for it: the tag in the job's log`],
      ["Dockerfile", `Create, with ${markdownCode(delivery.baseImage)} as its base`],
    ]),
    ...section("static-analysis", "Static-Analysis", "SonarQube, with the JaCoCo plugin for Gradle", delivery, [
      ["Quality profile", markdownCode(quality.profile)],
      ["Quality gate", markdownCode(quality.gate)],
      ["Input", "the build job"],
    ]),
    ...section("test", "JUnit-Test", "JUnit, with Gradle", delivery, [["Input", "the build job"]]),
    ...section("deploy", "Deploy", "rolling update, Java", delivery, [
      ["Kubernetes information", markdownCode(target.cluster)],
      ["Namespace", markdownCode(target.namespace)],
      ["Image", `${markdownCode(`${image}:<tag>`)}, with the tag of the build job`],
    ]),
    "",
    "`DEPLOYMENT.YML`; leave no placeholder between percent signs:",
    ...block(deployment),
    "",
    "`DEPLOYMENT_SERVICE.YML`:",
    ...block(service),
    "",
    "## Run",
    "",
    `Start the build job; the triggers start the others. The application responds on port ${target.nodePort} of every node. There is no`,
    "rollback: to restore an earlier version, deploy its tag again.",
    "",
  ].join("\n");
}

function section(
  kind: JobKind,
  type: string,
  tool: string,
  delivery: Delivery,
  rows: readonly Row[],
): readonly string[] {
  const { repository, triggers } = delivery;
  const all: readonly Row[] = [
    ["Job type", `${markdownCode(type)}: ${tool}`],
    ["Trigger", triggers[kind].description],
    ["Repository", `${markdownCode(repository.url)}, branch ${markdownCode(repository.branch)}`],
    ...rows,
  ];
  return [
    "",
    `## Job: ${kind}`,
    "",
    kind === "build" ? "Click to add a new task, then Save." : "Add, at the previous job; the same group. Then Save.",
    "",
    "| field | value |",
    "|---|---|",
    ...all.map(([field, value]) => `| ${field} | ${value} |`),
  ];
}

function block(yaml: string): readonly string[] {
  return ["", "```yaml", yaml.trimEnd(), "```"];
}
