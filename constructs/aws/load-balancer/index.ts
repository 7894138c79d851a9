export * from "./action";
export type { ApplicationListener, ListenerRuleProps } from "./application-listener";
export * from "./application-load-balancer";
export type { ICertificate } from "./certificate-arn";
export * from "./health-check";
export type { ILoadBalancer, LoadBalancerProps } from "./load-balancer";
export * from "./network-load-balancer";
export * from "./scheme";
export * from "./target-group";
