export * from "./encryption-key";
export * from "./key-grants";
export * from "./key-use";
