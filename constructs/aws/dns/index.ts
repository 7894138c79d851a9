export * from "./hosted-zone";
export * from "./service-domain";
