export * from "./cluster-boot";
export * from "./hairpin-nat";
export * from "./ingress-interface";
export * from "./install-host";
export * from "./nfs-server";
export * from "./node";
export * from "./ssh-trust";
