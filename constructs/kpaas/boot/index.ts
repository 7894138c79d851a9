export * from "./cluster-boot";
export * from "./install-host";
export * from "./nfs-server";
export * from "./node";
export * from "./openbao-unseal";
export * from "./portal";
export * from "./session-limit";
export * from "./ssh-trust";
