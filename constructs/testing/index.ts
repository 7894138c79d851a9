export * from "./resources";
export * from "./to-violate";
