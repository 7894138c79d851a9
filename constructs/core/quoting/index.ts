export * from "./characters";
export * from "./environment-file";
export * from "./gitlab-ci";
export * from "./hcl";
export * from "./markdown";
export * from "./ruby";
export * from "./shell";
export * from "./systemd";
