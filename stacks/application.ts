import type { App } from "cdktf";
import { EksAddonsStack } from "./eks-addons-stack";
import { EksStack } from "./eks-stack";
import { EksWorkloadsStack } from "./eks-workloads-stack";
import { GitLabStack } from "./gitlab-stack";
import { NhnStack } from "./nhn-stack";
import { OpenstackStack } from "./openstack-stack";
import { SiteStack } from "./site-stack";
import type { Environment } from "./environments/environment";

/** Creates all stacks of the environments in an app. The order of the environments changes no id and no address. */
export function compose(app: App, environments: readonly Environment[]): void {
  for (const environment of environments) {
    const eks = new EksStack(app, environment);
    const addons = new EksAddonsStack(app, environment);
    addons.addDependency(eks);
    const workloads = new EksWorkloadsStack(app, environment);
    workloads.addDependency(addons);
    const site = new SiteStack(app, environment);
    const gitlab = new GitLabStack(app, environment);
    gitlab.addDependency(site);
    new NhnStack(app, environment);
    new OpenstackStack(app, environment);
  }
}
