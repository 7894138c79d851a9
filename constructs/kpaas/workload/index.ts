export * from "./sample-workload";
export * from "./workload";
export { checkNodePort, type WorkloadProps } from "./workload-values";
