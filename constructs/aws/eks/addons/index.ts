export * from "./cert-manager";
export * from "./cluster-autoscaler";
export * from "./container-insights";
export * from "./load-balancer/ingress-class-params";
export * from "./load-balancer/load-balancer-controller";
export * from "./load-balancer/load-balancer-controller-release";
export * from "./load-balancer/regional-values";
export * from "./metrics-server";
