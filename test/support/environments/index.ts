import { readEnvironments } from "@groundwork/stacks/environments/environment";
import { lab } from "@groundwork/stacks/environments/lab";
import { local } from "@groundwork/stacks/environments/local";
import { production } from "./production";

/** The environments of the tests. They do not change when a team changes its own. */
export const environments = readEnvironments({ lab, production, local });
