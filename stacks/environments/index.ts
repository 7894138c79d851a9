import { readEnvironment } from "./environment";
import { lab } from "./lab";
import { local } from "./local";
import { production } from "./production";

/** Every environment there is. A new one is a file beside these and a word here. */
export const environments = Object.entries({ lab, production, local }).map(([name, data]) =>
  readEnvironment(`environments/${name}.ts`, data),
);
