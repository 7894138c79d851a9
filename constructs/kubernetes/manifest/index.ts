export * from "./api-object";
export * from "./conversion";
export * from "./manifest";
export * from "./yaml";
