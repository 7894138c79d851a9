import { App } from "cdktf";
import { compose } from "./application";
import { environments } from "./environments";
import { withoutTokenTraces } from "./token-traces";

/** The app with every stack of every environment, synthesized into `cdktf.out`. */
export const app = withoutTokenTraces(() => {
  const created = new App();
  compose(created, environments);
  created.synth();
  return created;
});
