export * from "./address-plan";
export * from "./reachability/model/outcome";
export * from "./reachability/reachability";
