import type { App, TerraformStack } from "cdktf";
import { EksAddonsStack } from "./eks-addons-stack";
import { EksStack } from "./eks-stack";
import { EksWorkloadsStack } from "./eks-workloads-stack";
import { GitLabStack } from "./gitlab-stack";
import { NhnStack } from "./nhn-stack";
import { OpenstackStack } from "./openstack-stack";
import { requestedStacks } from "./requested-stacks";
import { SiteStack } from "./site-stack";
import type { Environment } from "./environments/environment";
import { type ClusterSection, clustersOf, deployedSite, sitesOf } from "./environments/sections";

/** A stack that an app can have. */
interface PlannedStack {
  readonly id: string;
  /** Id of the stack that is deployed before it. @default - none */
  readonly after?: string | undefined;
  readonly create: (app: App, id: string) => TerraformStack;
}

/**
 * Creates the stacks of the environments in an app: one or more for each section that an environment contains. The order of the
 * environments changes no id and no address.
 *
 * @param patterns - ids of the requested stacks, with `*` for any characters; without patterns, all are requested
 */
export function compose(app: App, environments: readonly Environment[], patterns: readonly string[] = []): void {
  const created = new Map<string, TerraformStack>();
  for (const { id, after, create } of requestedStacks(environments.flatMap(plannedStacks), patterns)) {
    const stack = create(app, id);
    const previous = after === undefined ? undefined : created.get(after);
    if (previous !== undefined) stack.addDependency(previous);
    created.set(id, stack);
  }
}

/** The stacks of an environment. Each comes after the one that it depends on. */
function plannedStacks(environment: Environment): readonly PlannedStack[] {
  const { name, nhn, openstack } = environment;
  const stacks: PlannedStack[] = [
    ...clustersOf(environment).flatMap((cluster) => clusterStacks(environment, cluster)),
    ...sitesOf(environment).map(({ id, site }) => ({
      id,
      create: (app: App) => new SiteStack(app, id, { environment, site }),
    })),
    ...gitlabStacks(environment),
  ];
  if (nhn !== undefined)
    stacks.push({ id: `${name}-nhn`, create: (app, id) => new NhnStack(app, id, { environment, nhn }) });
  if (openstack !== undefined)
    stacks.push({
      id: `${name}-openstack`,
      create: (app, id) => new OpenstackStack(app, id, { environment, openstack }),
    });
  return stacks;
}

/** A cluster, its add-ons and its services, which are deployed in this order. */
function clusterStacks(environment: Environment, { id: clusterStack, eks }: ClusterSection): readonly PlannedStack[] {
  const { addons, workloads } = eks;
  const addonsStack = `${clusterStack}-addons`;
  const stacks: PlannedStack[] = [
    { id: clusterStack, create: (app, id) => new EksStack(app, id, { environment, eks }) },
  ];
  if (addons === undefined) return stacks;
  stacks.push({
    id: addonsStack,
    after: clusterStack,
    create: (app, id) => new EksAddonsStack(app, id, { environment, eks, addons, clusterStack }),
  });
  if (workloads !== undefined)
    stacks.push({
      id: `${clusterStack}-workloads`,
      after: addonsStack,
      create: (app, id) => new EksWorkloadsStack(app, id, { environment, eks, workloads }),
    });
  return stacks;
}

/** GitLab, after the site that its pipeline deploys. */
function gitlabStacks(environment: Environment): readonly PlannedStack[] {
  const { name, gitlab } = environment;
  if (gitlab === undefined) return [];
  const deployed = deployedSite(environment, gitlab);
  return [
    {
      id: `${name}-gitlab`,
      after: deployed?.id,
      create: (app, id) => new GitLabStack(app, id, { environment, gitlab, deployed }),
    },
  ];
}
