import type { Delivery, JobKind } from "./delivery";
import { deliveredObjects } from "./delivery-objects";

type Row = readonly [field: string, value: string];

/** The four jobs of a delivery for a person at the pages of the portal's pipeline, value by value. */
export function clickList(delivery: Delivery): string {
  const { application, quality, target, image, tag } = delivery;
  const { deployment, service } = deliveredObjects(delivery, `${image}:<tag>`);
  return [
    `# ${application}: clicks for the portal's pipeline`,
    "",
    "Written by `npm run pipelines` from the same description as the pipeline of GitLab's. Nobody has documented an interface by which",
    "these jobs could be made; so a person makes them, once. Where a page calls a field otherwise, its meaning counts.",
    "",
    "## Before",
    "",
    "1. Log in at the pipeline's page as an administrator.",
    `2. Pipeline Management, Kubernetes Information: register the cluster's kubeconfig as \`${target.cluster}\`.`,
    `3. Quality Management: there has to be a quality gate \`${quality.gate}\`; at first there is none.`,
    `4. Create New: a pipeline named \`${application}\`.`,
    ...section("build", "Build", "Gradle", delivery, [
      ["Image name", `\`${application}\`, in Harbor's project \`${delivery.registry.project}\``],
      ["Tag of the image", `${tag.words}; never \`latest\`. Without a field for it: the one that the job's log names`],
      ["Dockerfile", `Create, with \`${delivery.baseImage}\` as its base`],
    ]),
    ...section("static-analysis", "Static-Analysis", "SonarQube, with the JaCoCo plugin for Gradle", delivery, [
      ["Quality profile", `\`${quality.profile}\``],
      ["Quality gate", `\`${quality.gate}\``],
      ["Input", "the build job"],
    ]),
    ...section("test", "JUnit-Test", "JUnit, by Gradle", delivery, [["Input", "the build job"]]),
    ...section("deploy", "Deploy", "rolling update, Java", delivery, [
      ["Kubernetes information", `\`${target.cluster}\``],
      ["Namespace", `\`${target.namespace}\``],
      ["Image", `\`${image}:<tag>\`, with the tag of the build job`],
    ]),
    "",
    "`DEPLOYMENT.YML`, in which nothing between two percent signs may be left:",
    ...block(deployment),
    "",
    "`DEPLOYMENT_SERVICE.YML`:",
    ...block(service),
    "",
    "## Afterwards",
    "",
    `Run the build job; the others follow by their triggers. The application answers at port ${target.nodePort} of every node. There is no way`,
    "back to an earlier deployment: deploy its tag again.",
    "",
  ].join("\n");
}

function section(
  kind: JobKind,
  type: string,
  how: string,
  delivery: Delivery,
  rows: readonly Row[],
): readonly string[] {
  const { repository, triggers } = delivery;
  const all: readonly Row[] = [
    ["Job type", `\`${type}\`: ${how}`],
    ["Trigger", triggers[kind].words],
    ["Repository", `\`${repository.url}\`, branch \`${repository.branch}\``],
    ...rows,
  ];
  return [
    "",
    `## Job: ${kind}`,
    "",
    kind === "build" ? "Click to add a new task, then Save." : "Add, at the job before it; the same group. Then Save.",
    "",
    "| field | value |",
    "|---|---|",
    ...all.map(([field, value]) => `| ${field} | ${value} |`),
  ];
}

function block(yaml: string): readonly string[] {
  return ["", "```yaml", yaml.trimEnd(), "```"];
}
