import { App } from "cdktf";
import { synthesize } from "@groundwork/constructs/synthesis";
import { compose } from "./application";
import { environments } from "./environments";
import { writeLockFiles } from "./providers/lock-file";

/** The app with every stack of every environment, synthesized into `cdktf.out`. */
export const app = synthesize(() => {
  const created = new App();
  compose(created, environments);
  return created;
});

writeLockFiles(app.outdir);
