export * from "./deploy-times";
export * from "./environment-schedule";
export * from "./resource-graph";
export * from "./schedule";
export * from "./typical-times";
