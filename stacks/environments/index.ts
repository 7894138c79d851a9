import { lab } from "./lab";
import { local } from "./local";
import { production } from "./production";

/** The data of all environments, by the names of their files. `groundwork new environment` adds one. */
export const environmentData = { lab, production, local };
