import { App } from "cdktf";
import { compose } from "./application";
import { environments } from "./environments";
import { withoutTokenTraces } from "./token-traces";

/** Every stack of every environment, synthesized into `cdktf.out`. */
export const app = withoutTokenTraces(() => {
  const made = new App();
  compose(made, environments);
  made.synth();
  return made;
});
