import { spareTokenTraces } from "@groundwork/stacks/token-traces";

/** No test reads what CDKTF records for every token, and recording takes a third of all time. Called, it is recorded again. */
export const recordTokenTraces = spareTokenTraces();
