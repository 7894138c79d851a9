import type { App } from "cdktf";
import { EksStack } from "./eks-stack";
import { SiteStack } from "./site-stack";
import type { Environment } from "./environments/environment";

/** Puts every stack of the environments into an app. The order of a list means nothing: ids and addresses do not see it. */
export function compose(app: App, environments: readonly Environment[]): void {
  for (const environment of environments) {
    new EksStack(app, environment);
    new SiteStack(app, environment);
  }
}
