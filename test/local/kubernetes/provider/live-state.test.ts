import { apiObject } from "@groundwork/constructs/kubernetes/manifest/api-object";
import { API_TYPES } from "@groundwork/constructs/kubernetes/manifest/conversion";
import { Declarations } from "@groundwork/local/kubernetes/provider/declarations";
import { overlay } from "@groundwork/local/kubernetes/provider/kubernetes-resource";
import { stateFrom } from "@groundwork/local/kubernetes/provider/live-state";
import { Unknown, type Values } from "@groundwork/local/kubernetes/provider/values";

function read(type: string, state: Values, live: Record<string, unknown>): Values {
  const folder = type.replace("kubernetes_", "").replaceAll("_", "-");
  const schema = Declarations.of("@cdktf/provider-kubernetes", folder).block();
  return stateFrom(schema, state, live, { kind: API_TYPES[type]?.kind ?? "", parent: "" });
}

/** Writes values to an API object and reads them back. */
function roundTrip(type: string, values: Values): Values {
  const apiType = API_TYPES[type];
  if (apiType === undefined) throw new Error(`unknown type ${type}`);
  return read(type, values, apiObject(apiType, values));
}

describe("state from live objects", () => {
  test.each<[string, Values]>([
    [
      "kubernetes_service_v1",
      {
        metadata: [{ name: "a", namespace: "default", labels: { app: "a" } }],
        spec: [{ selector: { app: "a" }, port: [{ port: 80, target_port: "http" }] }],
      },
    ],
    [
      "kubernetes_deployment_v1",
      {
        metadata: [{ name: "a", namespace: "default" }],
        spec: [
          {
            replicas: "3",
            selector: [{ match_labels: { app: "a" } }],
            strategy: [{ rolling_update: [{ max_surge: "25%", max_unavailable: "1" }] }],
            template: [
              {
                spec: [
                  {
                    container: [
                      {
                        name: "a",
                        liveness_probe: [{ tcp_socket: [{ port: "8080" }] }],
                        env: [{ name: "A", value: "b" }],
                      },
                    ],
                    volume: [{ name: "v", empty_dir: [{ medium: null }], secret: [{ default_mode: "0440" }] }],
                    security_context: [{ run_as_user: "101" }],
                  },
                ],
              },
            ],
          },
        ],
      },
    ],
    ["kubernetes_secret_v1", { metadata: [{ name: "a", namespace: "default" }], data: { word: "text" } }],
    [
      "kubernetes_storage_class_v1",
      {
        metadata: [{ name: "a" }],
        storage_provisioner: "x",
        allowed_topologies: [{ match_label_expressions: [{ key: "zone", values: ["a"] }] }],
      },
    ],
  ])("equals the written values, for %s", (type, values) => {
    expect(roundTrip(type, values)).toEqual(values);
  });

  test("omits fields that are not in the state", () => {
    const live = { metadata: { name: "a", uid: "1", labels: { mine: "x", theirs: "y" } }, data: { key: "new" } };
    const state = {
      metadata: [{ name: "a", uid: null, labels: { mine: "old" } }],
      data: { key: "old", gone: "z" },
    };
    expect(read("kubernetes_config_map_v1", state, live)).toEqual({
      metadata: [{ name: "a", uid: null, labels: { mine: "x" } }],
      data: { key: "new" },
    });
  });

  test("contains computed values in the provider's format", () => {
    const state = {
      id: Unknown.VALUE,
      wait_for_load_balancer: Unknown.VALUE,
      status: Unknown.VALUE,
      spec: [{ ingress_class_name: Unknown.VALUE }],
    };
    const live = {
      spec: { ingressClassName: "alb" },
      status: { loadBalancer: { ingress: [{ hostname: "a.elb" }] } },
    };
    expect(read("kubernetes_ingress_v1", state, live)).toEqual({
      id: null,
      wait_for_load_balancer: null,
      status: [{ load_balancer: [{ ingress: [{ hostname: "a.elb", ip: null }] }] }],
      spec: [{ ingress_class_name: "alb" }],
    });
    const service = {
      spec: [{ cluster_ip: Unknown.VALUE, port: [{ port: 80, node_port: Unknown.VALUE, target_port: Unknown.VALUE }] }],
    };
    expect(
      read("kubernetes_service_v1", service, {
        spec: { clusterIP: "10.96.0.7", ports: [{ port: 80, nodePort: 30001, targetPort: 80 }] },
      }),
    ).toEqual({
      spec: [{ cluster_ip: "10.96.0.7", port: [{ port: 80, node_port: 30001, target_port: "80" }] }],
    });
  });
});

describe("an update", () => {
  test("keeps fields of others, and removes fields that are no longer configured", () => {
    const live = {
      metadata: { annotations: { theirs: "1", old: "2" } },
      spec: { clusterIP: "10.0.0.1", ports: [{ port: 80, nodePort: 30000 }] },
    };
    const before = { metadata: { annotations: { old: "2" } }, spec: { ports: [{ port: 80 }] } };
    const desired = { metadata: { annotations: {} }, spec: { ports: [{ port: 81 }] } };
    expect(overlay(live, before, desired)).toEqual({
      metadata: { annotations: { theirs: "1" } },
      spec: { clusterIP: "10.0.0.1", ports: [{ port: 81 }] },
    });
  });
});
