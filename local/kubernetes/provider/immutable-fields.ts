/** Immutable fields of the Kubernetes API by kind, which the declarations do not contain. Changing one replaces the object. */
const IMMUTABLE: Readonly<Record<string, readonly string[]>> = {
  ConfigMap: ["immutable"],
  DaemonSet: ["spec.selector"],
  Deployment: ["spec.selector"],
  ClusterRoleBinding: ["role_ref"],
  Job: ["spec.selector", "spec.template", "spec.completions", "spec.completion_mode", "spec.pod_failure_policy"],
  PersistentVolumeClaim: [
    "spec.access_modes",
    "spec.selector",
    "spec.storage_class_name",
    "spec.volume_name",
    "spec.volume_mode",
  ],
  PodDisruptionBudget: ["spec"],
  RoleBinding: ["role_ref"],
  Secret: ["type"],
  Service: ["spec.cluster_ip", "spec.load_balancer_class"],
  StorageClass: ["storage_provisioner", "parameters", "mount_options", "volume_binding_mode", "allowed_topologies"],
};

const IDENTITY = ["metadata.name", "metadata.generate_name", "metadata.namespace"];

/** Paths of a kind that cannot be updated in place. */
export function immutablePaths(kind: string): readonly string[] {
  return [...IDENTITY, ...(IMMUTABLE[kind] ?? [])];
}

/** Paths of a Helm release that cannot be updated in place. */
export const IMMUTABLE_RELEASE_PATHS = ["name", "namespace"];
