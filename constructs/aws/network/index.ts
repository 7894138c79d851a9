export * from "./dhcp-options";
export {
  GatewayEndpoint,
  type GatewayEndpointAttachment,
  InterfaceEndpoint,
  type InterfaceEndpointAttachment,
} from "./endpoint";
export type { NetworkAttributes, NetworkLookup } from "./existing-network";
export { FlowLogs } from "./flow-logs";
export * from "./nat/nat";
export type { NatInstanceProps } from "./nat/nat-instance";
export * from "./network";
export * from "./security/connections";
export * from "./security/security-group";
export type { ISubnet } from "./subnet";
export * from "./tier";
