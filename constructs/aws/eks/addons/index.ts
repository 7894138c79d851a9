export * from "./cert-manager";
export * from "./cluster-autoscaler";
export * from "./container-insights";
export * from "./ingress-class-params";
export * from "./load-balancer-controller";
export * from "./load-balancer-controller-release";
export * from "./metrics-server";
export * from "./rules";
