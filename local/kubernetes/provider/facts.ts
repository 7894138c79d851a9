/**
 * What the declarations do not say, from the Kubernetes API itself: which fields cannot be changed. A change of one makes
 * the object anew.
 */
const FIXED: Readonly<Record<string, readonly string[]>> = {
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

/** Paths of a kind that cannot be changed in place. */
export function fixedPaths(kind: string): readonly string[] {
  return [...IDENTITY, ...(FIXED[kind] ?? [])];
}

/** Likewise of a Helm release. */
export const FIXED_OF_RELEASE = ["name", "namespace"];
