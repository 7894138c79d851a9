import type { EnvironmentData } from "./environment";
import { lab } from "./lab";

/** The lab on the local cloud: the same values, another endpoint. */
export const local = {
  ...lab,
  name: "local",
  aws: { ...lab.aws, account: "111122223333", cloud: "local" },
} as const satisfies EnvironmentData;
