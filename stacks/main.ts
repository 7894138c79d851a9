import { App } from "cdktf";
import { synthesize } from "@groundwork/constructs/synthesis";
import { compose } from "./application";
import { environmentData } from "./environments";
import { readEnvironments } from "./environments/environment";
import { writeLockFiles } from "./providers/lock-file";

/** Key of the context: ids of the requested stacks, or patterns with `*`. */
const REQUESTED = "groundwork:stacks";

/** The app with all stacks of all environments, or with the requested ones and those that they need, synthesized into `cdktf.out`. */
export const app = synthesize(() => {
  const created = new App();
  const requested = (created.node.tryGetContext(REQUESTED) ?? []) as readonly string[];
  compose(created, readEnvironments(environmentData), requested);
  return created;
});

writeLockFiles(app.outdir);
