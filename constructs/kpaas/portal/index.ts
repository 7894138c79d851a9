export * from "./openbao-unseal";
export * from "./pipeline";
export * from "./portal";
export * from "./session-limit";
