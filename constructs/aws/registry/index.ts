export * from "./image-lifecycle";
export * from "./image-tags";
export * from "./repository";
export * from "./repository-grants";
