export * from "./address-plan";
