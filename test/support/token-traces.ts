import { suppressTokenTraces } from "@groundwork/constructs/synthesis/token-traces";

/** Disables CDKTF's stack trace for every token, which no test reads and which takes a third of the time. Call it to enable them again. */
export const recordTokenTraces = suppressTokenTraces();
