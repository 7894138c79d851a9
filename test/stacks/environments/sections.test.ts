import { gzipSync } from "node:zlib";
import { compose } from "@groundwork/stacks/application";
import { type EnvironmentData, readEnvironment } from "@groundwork/stacks/environments/environment";
import { recommended } from "@groundwork/stacks/environments/recommended";
import { ENV001 } from "@groundwork/stacks/rules";
import { checkEnvironments } from "@groundwork/stacks/check/check";
import { TerraformStack } from "cdktf";
import { synthesized, testApp } from "../../support/fixture";
import { userDataOf } from "../../support/gitlab";

const { name, backend, aws, site, eks, nhn, gitlab } = recommended;

/** The ids of the stacks of an environment, all of which can be synthesized. */
function stacksOf(data: EnvironmentData): readonly string[] {
  const app = testApp();
  compose(app, [readEnvironment("environments/production.ts", data)]);
  const stacks = app.node.children.filter((child) => TerraformStack.isStack(child));
  for (const stack of stacks) synthesized(stack);
  return stacks.map(({ node }) => node.id);
}

describe("an environment", () => {
  test.each<[string, EnvironmentData, readonly string[]]>([
    ["only a site", { name, backend, aws, site }, ["production-site"]],
    ["only NHN Cloud, without AWS", { name, backend: { type: "local" }, nhn }, ["production-nhn"]],
    [
      "a cluster without add-ons and services",
      { name, backend, aws, eks: { ...eks, addons: undefined, workloads: undefined } },
      ["production-eks"],
    ],
    ["GitLab without a site", { name, backend, aws, gitlab }, ["production-gitlab"]],
    ["no section", { name, backend }, []],
  ])("with %s has only the stacks of its sections", (_, data, ids) => {
    expect(stacksOf(JSON.parse(JSON.stringify(data)) as EnvironmentData)).toEqual(ids);
  });

  test("has several sites and clusters, each with a name of its own", () => {
    const blue = {
      ...eks,
      clusterName: "blue",
      repositories: {},
      workloads: undefined,
      addons: { loadBalancerController: { release: "v2.17.1" } },
    };
    const docs = { ...site, bucketName: "docs-{account}", hosting: { type: "public-website" } };
    const data = {
      name,
      backend,
      aws,
      eks,
      clusters: { blue },
      site,
      sites: { docs },
      gitlab: { ...gitlab, site: "docs" },
    };
    const plain = JSON.parse(JSON.stringify(data)) as EnvironmentData;
    expect(stacksOf(plain)).toEqual([
      "production-eks",
      "production-eks-addons",
      "production-eks-workloads",
      "production-blue-eks",
      "production-blue-eks-addons",
      "production-site",
      "production-docs-site",
      "production-gitlab",
    ]);
    expect(checkEnvironments({ production: plain }).filter(({ isNotice }) => !isNotice)).toEqual([]);
  });

  test("has the runner on the server's machine where its file specifies it, and the site trusts that machine", () => {
    const runner = { on: "server", concurrent: 2, nodeVersion: "22.12.0" };
    const data = { name, backend, aws, site, gitlab: { ...gitlab, runner } };
    const app = testApp();
    compose(app, [readEnvironment("environments/production.ts", JSON.parse(JSON.stringify(data)) as EnvironmentData)]);
    const stacks = app.node.children.filter((child) => TerraformStack.isStack(child));
    const textOf = (id: string) =>
      JSON.stringify(stacks.filter(({ node }) => node.id === id).map((stack) => synthesized(stack)));
    expect(textOf("production-gitlab").match(/"instance_type"/g)).toHaveLength(1);
    expect(textOf("production-gitlab")).toContain("CONCURRENT='2'");
    expect(textOf("production-gitlab")).toContain(":role/production-site-deployer");
    const [server] = stacks.filter(({ node }) => node.id === "production-gitlab");
    // With the pipeline of the project, and a margin for resolved tokens.
    expect(gzipSync(server === undefined ? "" : userDataOf(server, "Server")).length).toBeLessThan(16_384 - 512);
    expect(textOf("production-gitlab")).toContain('"name":"production-gitlab-server-role"');
    expect(textOf("production-site")).toContain(":role/production-gitlab-server-role");
    expect(textOf("production-site")).not.toContain("runner-machine-role");
  });

  test("rejects settings of a machine for a runner on the server's machine", () => {
    const runner = { on: "server", concurrent: 2, nodeVersion: "22.12.0", tier: "private" };
    const data = { name, backend, aws, gitlab: { ...gitlab, runner } };
    expect(() =>
      readEnvironment("environments/production.ts", JSON.parse(JSON.stringify(data)) as EnvironmentData),
    ).toViolate(ENV001, /gitlab\.runner\.tier/);
  });
});
