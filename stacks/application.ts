import type { App } from "cdktf";
import { EksAddonsStack } from "./eks-addons-stack";
import { EksStack } from "./eks-stack";
import { EksWorkloadsStack } from "./eks-workloads-stack";
import { GitLabStack } from "./gitlab-stack";
import { NhnStack } from "./nhn-stack";
import { OpenstackStack } from "./openstack-stack";
import { SiteStack } from "./site-stack";
import type { Environment } from "./environments/environment";
import { type ClusterSection, clustersOf, deployedSite, sitesOf } from "./environments/sections";

/**
 * Creates all stacks of the environments in an app: one or more for each section that an environment contains. The order of the
 * environments changes no id and no address.
 */
export function compose(app: App, environments: readonly Environment[]): void {
  for (const environment of environments) {
    for (const cluster of clustersOf(environment)) composeCluster(app, environment, cluster);
    const sites = new Map(
      sitesOf(environment).map(({ id, site }) => [id, new SiteStack(app, id, { environment, site })]),
    );
    composeGitLab(app, environment, sites);
    const { name, nhn, openstack } = environment;
    if (nhn !== undefined) new NhnStack(app, `${name}-nhn`, { environment, nhn });
    if (openstack !== undefined) new OpenstackStack(app, `${name}-openstack`, { environment, openstack });
  }
}

/** A cluster, its add-ons and its services, which are created in this order. */
function composeCluster(app: App, environment: Environment, { id, eks }: ClusterSection): void {
  const cluster = new EksStack(app, id, { environment, eks });
  const { addons, workloads } = eks;
  if (addons === undefined) return;
  const controllers = new EksAddonsStack(app, `${id}-addons`, { environment, eks, addons, clusterStack: id });
  controllers.addDependency(cluster);
  if (workloads === undefined) return;
  new EksWorkloadsStack(app, `${id}-workloads`, { environment, eks, workloads }).addDependency(controllers);
}

/** GitLab, after the site that its pipeline deploys. */
function composeGitLab(app: App, environment: Environment, sites: ReadonlyMap<string, SiteStack>): void {
  const { name, gitlab } = environment;
  if (gitlab === undefined) return;
  const deployed = deployedSite(environment, gitlab);
  const stack = new GitLabStack(app, `${name}-gitlab`, { environment, gitlab, deployed });
  const site = deployed && sites.get(deployed.id);
  if (site !== undefined) stack.addDependency(site);
}
