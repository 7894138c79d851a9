export * from "./delivery";
export * from "./delivery-files";
export * from "./image-tag";
export * from "./trigger";
