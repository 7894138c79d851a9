/**
 * Mapping of the Terraform provider's arguments to the fields of the Kubernetes API, as data.
 *
 * By default snake_case becomes camelCase and a block becomes an object. The lists below contain the exceptions. A key is the
 * argument's name, or `parent.name` where the same name has several meanings. The lists result from a comparison of the declarations of
 * `@cdktf/provider-kubernetes` with the API server's OpenAPI document, which the tests repeat.
 */

/** A type of API object. */
export interface ApiType {
  /** Group and version of the API. */
  readonly apiVersion: string;
  /** Kind of object. */
  readonly kind: string;
  /** Resource name in API paths. */
  readonly plural: string;
  /** Whether objects belong to a namespace. */
  readonly namespaced: boolean;
}

function namespaced(apiVersion: string, kind: string, plural: string): ApiType {
  return { apiVersion, kind, plural, namespaced: true };
}
function clusterWide(apiVersion: string, kind: string, plural: string): ApiType {
  return { apiVersion, kind, plural, namespaced: false };
}

const RBAC = "rbac.authorization.k8s.io/v1";

/** API types by Terraform resource type. */
export const API_TYPES: Readonly<Record<string, ApiType>> = {
  kubernetes_cluster_role_binding_v1: clusterWide(RBAC, "ClusterRoleBinding", "clusterrolebindings"),
  kubernetes_cluster_role_v1: clusterWide(RBAC, "ClusterRole", "clusterroles"),
  kubernetes_config_map_v1: namespaced("v1", "ConfigMap", "configmaps"),
  kubernetes_cron_job_v1: namespaced("batch/v1", "CronJob", "cronjobs"),
  kubernetes_daemon_set_v1: namespaced("apps/v1", "DaemonSet", "daemonsets"),
  kubernetes_deployment_v1: namespaced("apps/v1", "Deployment", "deployments"),
  kubernetes_horizontal_pod_autoscaler_v2: namespaced(
    "autoscaling/v2",
    "HorizontalPodAutoscaler",
    "horizontalpodautoscalers",
  ),
  kubernetes_ingress_class_v1: clusterWide("networking.k8s.io/v1", "IngressClass", "ingressclasses"),
  kubernetes_ingress_v1: namespaced("networking.k8s.io/v1", "Ingress", "ingresses"),
  kubernetes_job_v1: namespaced("batch/v1", "Job", "jobs"),
  kubernetes_limit_range_v1: namespaced("v1", "LimitRange", "limitranges"),
  kubernetes_namespace_v1: clusterWide("v1", "Namespace", "namespaces"),
  kubernetes_network_policy_v1: namespaced("networking.k8s.io/v1", "NetworkPolicy", "networkpolicies"),
  kubernetes_persistent_volume_claim_v1: namespaced("v1", "PersistentVolumeClaim", "persistentvolumeclaims"),
  kubernetes_pod_disruption_budget_v1: namespaced("policy/v1", "PodDisruptionBudget", "poddisruptionbudgets"),
  kubernetes_resource_quota_v1: namespaced("v1", "ResourceQuota", "resourcequotas"),
  kubernetes_role_binding_v1: namespaced(RBAC, "RoleBinding", "rolebindings"),
  kubernetes_role_v1: namespaced(RBAC, "Role", "roles"),
  kubernetes_secret_v1: namespaced("v1", "Secret", "secrets"),
  kubernetes_service_account_v1: namespaced("v1", "ServiceAccount", "serviceaccounts"),
  kubernetes_service_v1: namespaced("v1", "Service", "services"),
  kubernetes_storage_class_v1: clusterWide("storage.k8s.io/v1", "StorageClass", "storageclasses"),
};

/** Repeated blocks with a singular name, and the API's plural name of the list. */
export const PLURALS: Readonly<Record<string, string>> = {
  container: "containers",
  "container.port": "ports",
  "http.path": "paths",
  "http_get.http_header": "httpHeaders",
  image_pull_secret: "imagePullSecrets",
  init_container: "initContainers",
  "init_container.port": "ports",
  "spec.limit": "limits",
  match_expression: "matchExpressions",
  "spec.metric": "metrics",
  node_selector_term: "nodeSelectorTerms",
  on_pod_condition: "onPodConditions",
  option: "options",
  "scale_down.policy": "policies",
  "scale_up.policy": "policies",
  "spec.port": "ports",
  readiness_gate: "readinessGates",
  rule: "rules",
  ".secret": "secrets",
  subject: "subjects",
  sysctl: "sysctls",
  toleration: "tolerations",
  topology_spread_constraint: "topologySpreadConstraints",
  volume: "volumes",
  volume_device: "volumeDevices",
  volume_mount: "volumeMounts",
};

/** Repeated blocks whose list has the same name in the API. */
export const LISTS: ReadonlySet<string> = new Set([
  "cluster_role_selectors",
  "egress",
  "env",
  "env_from",
  "from",
  "host_aliases",
  "image_pull_secrets",
  "ingress",
  "items",
  "match_expressions",
  "match_fields",
  "match_label_expressions",
  "node_affinity.preferred_during_scheduling_ignored_during_execution",
  "pod_affinity.preferred_during_scheduling_ignored_during_execution",
  "pod_affinity.required_during_scheduling_ignored_during_execution",
  "pod_anti_affinity.preferred_during_scheduling_ignored_during_execution",
  "pod_anti_affinity.required_during_scheduling_ignored_during_execution",
  "ports",
  "sources",
  "tls",
  "to",
]);

/** Single blocks that are lists in the API. */
export const WRAPPED: ReadonlySet<string> = new Set(["allowed_topologies"]);

/** Maps: their keys are data and are not converted. A key may be `Kind:name` where the name is a block in other kinds. */
export const MAPS: ReadonlySet<string> = new Set([
  "Service:selector",
  "StorageClass:parameters",
  "annotations",
  "binary_data",
  "binary_data_wo",
  "data",
  "data_wo",
  "default",
  "default_request",
  "flex_volume.options",
  "hard",
  "labels",
  "limits",
  "match_labels",
  "max",
  "max_limit_request_ratio",
  "min",
  "node_selector",
  "requests",
  "volume_attributes",
]);

/** Names whose API name is not their camelCase form. A key may be `Kind:name`. */
export const NAMES: Readonly<Record<string, string>> = {
  "DaemonSet:spec.strategy": "updateStrategy",
  binary_data_wo: "data",
  ceph_fs: "cephfs",
  ceph_monitors: "monitors",
  client_ip: "clientIP",
  cluster_ip: "clusterIP",
  cluster_ips: "clusterIPs",
  data_disk_uri: "diskURI",
  data_wo: "data",
  dataset_uuid: "datasetUUID",
  downward_api: "downwardAPI",
  endpoints_name: "endpoints",
  external_ips: "externalIPs",
  host_ip: "hostIP",
  host_ipc: "hostIPC",
  host_pid: "hostPID",
  load_balancer_ip: "loadBalancerIP",
  non_resource_urls: "nonResourceURLs",
  pd_id: "pdID",
  rados_user: "user",
  rbd_image: "image",
  rbd_pool: "pool",
  run_as_username: "runAsUserName",
  "Secret:binary_data": "data",
  storage_provisioner: "provisioner",
  "CronJob:spec.timezone": "timeZone",
  target_ww_ns: "targetWWNs",
  volume_id: "volumeID",
};

/** Strings of the provider that are numbers in the API. */
export const NUMBERS: ReadonlySet<string> = new Set([
  "fs_group",
  "replicas",
  "run_as_group",
  "run_as_user",
  "toleration_seconds",
  "ttl_seconds_after_finished",
]);

/** Strings of the provider that are octal numbers. */
export const OCTALS: ReadonlySet<string> = new Set(["default_mode", "mode"]);

/** Strings of the provider that are numbers in the API when they consist of digits, and strings otherwise. */
export const NUMBERS_OR_NAMES: ReadonlySet<string> = new Set([
  "max_surge",
  "max_unavailable",
  "min_available",
  "port",
  "target_port",
]);

/** Arguments for Terraform or its provider only. A key that starts with a dot applies at the top level only. */
export const TERRAFORM_ONLY: ReadonlySet<string> = new Set([
  ".//",
  ".binary_data_wo_revision",
  ".connection",
  ".count",
  ".data_wo_revision",
  ".default_secret_name",
  ".depends_on",
  ".for_each",
  ".id",
  ".lifecycle",
  ".provider",
  ".provisioner",
  ".timeouts",
  ".wait_for_completion",
  ".wait_for_default_service_account",
  ".wait_for_load_balancer",
  ".wait_for_rollout",
  ".wait_for_service_account_token",
  ".wait_until_bound",
  "azure_file.secret_namespace",
  "secret_ref.namespace",
  "spec.target_cpu_utilization_percentage",
]);

/** Strings that are meaningful when empty. */
export const MEANINGFUL_WHEN_EMPTY: ReadonlySet<string> = new Set(["storage_class_name"]);
