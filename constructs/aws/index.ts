export * from "./encryption";
export * from "./iam";
export * from "./network";
export * from "./provider-version";
export * from "./region";
export * from "./site";
export * from "./storage";
