import { App } from "cdktf";
import { synthesize } from "@groundwork/constructs/synthesis";
import { compose } from "./application";
import { environmentData } from "./environments";
import { readEnvironments } from "./environments/environment";
import { writeLockFiles } from "./providers/lock-file";

/** The app with every stack of every environment, synthesized into `cdktf.out`. */
export const app = synthesize(() => {
  const created = new App();
  compose(created, readEnvironments(environmentData));
  return created;
});

writeLockFiles(app.outdir);
