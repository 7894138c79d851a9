import { readEnvironment } from "./environment";
import { lab } from "./lab";
import { local } from "./local";
import { production } from "./production";

/** All environments. To add one, write a file in this directory and add its name here. */
export const environments = Object.entries({ lab, production, local }).map(([name, data]) =>
  readEnvironment(`environments/${name}.ts`, data),
);
