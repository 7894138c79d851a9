export * from "./sample-workload";
export * from "./workload";
export type { WorkloadProps } from "./workload-values";
