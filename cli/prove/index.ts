export { ProofError, type ProvableApp, prove, type ProveSettings } from "./prove";
export type { StackResult, Step, StepName } from "./result";
