export * from "./address-plan";
export * from "./deploy-time/deploy-times";
export * from "./deploy-time/environment-schedule";
export * from "./deploy-time/resource-graph";
export * from "./deploy-time/schedule";
export * from "./deploy-time/typical-times";
export * from "./reachability/model/evaluation/outcome";
export * from "./reachability/reachability";
