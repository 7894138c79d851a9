export type { HighlyAvailablePlatformProps } from "./balanced-edge";
export * from "./kpaas-platform";
export * from "./platform-control-plane";
export type { PlatformNetwork } from "./platform-network";
export type { SinglePlatformProps } from "./single-edge";
