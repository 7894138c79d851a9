import { KUB016 } from "@groundwork/constructs/kubernetes/rules";
import { manifestFile, manifestsOf, manifestText } from "@groundwork/constructs/kubernetes/manifest/manifest";
import { toYaml } from "@groundwork/constructs/kubernetes/manifest/yaml";
import { clusterStack, manifests, webService } from "../../../support/kubernetes";

/** The API object of one resource. */
function objectOf(type: string, block: Record<string, unknown>): unknown {
  return manifestsOf({ resource: { [type]: { one: block } } })[0]?.object;
}

describe("manifests", () => {
  test("are sorted by kind, namespace and name, and contain their Terraform address", () => {
    const stack = clusterStack();
    webService(stack, { name: "b" });
    webService(stack, { name: "a", namespace: "shop" });
    expect(manifests(stack).map(({ kind, namespace, name }) => `${kind} ${namespace ?? ""}/${name}`)).toEqual([
      "Deployment default/b",
      "Deployment shop/a",
      "PodDisruptionBudget default/b",
      "PodDisruptionBudget shop/a",
      "Service default/b",
      "Service shop/a",
    ]);
    expect(manifests(stack)[0]?.address).toMatch(/^kubernetes_deployment_v1\.b_Deployment/);
  });

  test("have a file name of kind and name", () => {
    const stack = clusterStack();
    webService(stack, { name: "demo-frontend" });
    expect(manifests(stack).map(manifestFile)[0]).toBe("deployment-demo-frontend.yaml");
  });

  test("omit arguments that are only for Terraform", () => {
    expect(
      objectOf("kubernetes_config_map_v1", {
        metadata: { name: "a", labels: {}, annotations: null },
        data: { snake_case_key: "kept" },
        depends_on: ["x"],
        lifecycle: { prevent_destroy: true },
        timeouts: {},
        id: "",
        "//": {},
      }),
    ).toEqual({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "a", namespace: "default" },
      data: { snake_case_key: "kept" },
    });
  });

  test("have no namespace for cluster-scoped objects", () => {
    const [ingressClass] = manifestsOf({
      resource: {
        kubernetes_ingress_class_v1: {
          alb: {
            metadata: { name: "alb" },
            spec: {
              controller: "ingress.k8s.aws/alb",
              parameters: [{ api_group: "elbv2.k8s.aws", kind: "IngressClassParams", name: "alb" }],
            },
          },
        },
      },
    });
    expect(ingressClass?.namespace).toBeUndefined();
    expect(ingressClass?.object).toEqual({
      apiVersion: "networking.k8s.io/v1",
      kind: "IngressClass",
      metadata: { name: "alb" },
      spec: {
        controller: "ingress.k8s.aws/alb",
        parameters: { apiGroup: "elbv2.k8s.aws", kind: "IngressClassParams", name: "alb" },
      },
    });
  });

  test("distinguish blocks from maps of the same name by their kind", () => {
    expect(
      objectOf("kubernetes_storage_class_v1", {
        metadata: { name: "gp3" },
        storage_provisioner: "ebs.csi.aws.com",
        parameters: { "csi.storage.k8s.io/fstype": "ext4" },
        allowed_topologies: { match_label_expressions: [{ key: "zone", values: ["a"] }] },
      }),
    ).toMatchObject({
      provisioner: "ebs.csi.aws.com",
      parameters: { "csi.storage.k8s.io/fstype": "ext4" },
      allowedTopologies: [{ matchLabelExpressions: [{ key: "zone", values: ["a"] }] }],
    });
  });

  test("convert strings to numbers where the API has numbers", () => {
    const spec = (block: Record<string, unknown>) =>
      (objectOf("kubernetes_deployment_v1", { metadata: { name: "a" }, spec: block }) as { spec: unknown }).spec;
    expect(spec({ replicas: "3", strategy: { rolling_update: { max_surge: "25%", max_unavailable: "1" } } })).toEqual({
      replicas: 3,
      strategy: { rollingUpdate: { maxSurge: "25%", maxUnavailable: 1 } },
    });
    expect(spec({ replicas: "${var.replicas}", revision_history_limit: 0, paused: false })).toEqual({
      replicas: "${var.replicas}",
      revisionHistoryLimit: 0,
      paused: false,
    });
    expect(
      spec({ template: { spec: { volume: [{ name: "v", empty_dir: {}, secret: { default_mode: "0440" } }] } } }),
    ).toEqual({
      template: { spec: { volumes: [{ name: "v", emptyDir: {}, secret: { defaultMode: 0o440 } }] } },
    });
  });

  test("encode secrets as the API does, and keep empty strings only where they are meaningful", () => {
    expect(
      objectOf("kubernetes_secret_v1", {
        metadata: { name: "s" },
        data: { a: "b" },
        binary_data: { c: "ZA==" },
        type: "",
      }),
    ).toMatchObject({
      data: { a: "Yg==", c: "ZA==" },
    });
    expect(
      objectOf("kubernetes_persistent_volume_claim_v1", {
        metadata: { name: "c" },
        spec: { storage_class_name: "", volume_name: "" },
      }),
    ).toMatchObject({
      spec: { storageClassName: "" },
    });
  });

  test("accept kubernetes_manifest resources unchanged", () => {
    const object = { apiVersion: "v1", kind: "Thing", metadata: { generateName: "thing-" } };
    expect(manifestsOf(JSON.stringify({ resource: { kubernetes_manifest: { one: { manifest: object } } } }))).toEqual([
      { kind: "Thing", name: "thing-", namespace: undefined, address: "kubernetes_manifest.one", object },
    ]);
  });

  test("are empty for a stack without Kubernetes resources", () => {
    expect(manifestsOf({})).toEqual([]);
    expect(manifestsOf({ resource: { helm_release: { a: {} } } })).toEqual([]);
  });

  test("fail for resource types that cannot be rendered", () => {
    expect(() => objectOf("kubernetes_pod", { metadata: { name: "a" } })).toViolate(KUB016, /kubernetes_pod/);
  });
});

describe("YAML", () => {
  test("is valid for kubectl: ambiguous strings are quoted", () => {
    const [manifest] = manifestsOf({
      resource: {
        kubernetes_config_map_v1: {
          one: {
            metadata: { name: "a", annotations: { "example.com/on": "true" } },
            data: { empty: "", lines: "a\nb", yes: "no" },
          },
        },
      },
    });
    if (manifest === undefined) throw new Error("nothing rendered");
    expect(manifestText(manifest)).toBe(
      [
        "apiVersion: v1",
        "kind: ConfigMap",
        "metadata:",
        "  name: a",
        "  annotations:",
        '    example.com/on: "true"',
        "  namespace: default",
        "data:",
        '  empty: ""',
        '  lines: "a\\nb"',
        '  "yes": "no"',
        "",
      ].join("\n"),
    );
  });

  test("renders nested lists, empty collections and null", () => {
    expect(
      toYaml({ list: [{ a: 1, b: [] }, ["x", {}], null], text: "- a: b", number: "8080", nothing: undefined }),
    ).toBe(
      [
        "list:",
        "  - a: 1",
        "    b: []",
        "  - - x",
        "    - {}",
        "  - null",
        'text: "- a: b"',
        'number: "8080"',
        "",
      ].join("\n"),
    );
  });
});
