import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { NAM001 } from "@groundwork/constructs/core/rules";
import { KUB027 } from "@groundwork/constructs/kubernetes/rules";
import { KUB036 } from "@groundwork/constructs/kubernetes/settings/rules";
import { KUB039 } from "@groundwork/constructs/kubernetes/workload/rules";
import { Settings } from "@groundwork/constructs/kubernetes/settings/settings";
import { VolumeMount } from "@groundwork/constructs/kubernetes/storage/volume-mount";
import { Token } from "cdktf";
import { resource } from "../../../support/fixture";
import { graphOf } from "../../../support/graph";
import { clusterStack, objectOf, webService } from "../../../support/kubernetes";

function settings(values: Readonly<Record<string, string>>, name = "web") {
  const stack = clusterStack();
  return { stack, created: new Settings(stack, "Settings", { name, values }) };
}

describe("Settings", () => {
  test("have a name with a hash of their values, cannot change, and a new one exists before the old one is deleted", () => {
    const { stack, created } = settings({ B: "${x}", A: "1" });
    expect(created.settingsName).toMatch(/^web-[0-9a-f]{8}$/);
    expect(settings({ A: "1", B: "${x}" }).created.settingsName).toBe(created.settingsName);
    expect(settings({ A: "2", B: "${x}" }).created.settingsName).not.toBe(created.settingsName);
    expect(objectOf(stack, "ConfigMap")).toEqual({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: created.settingsName, namespace: "default" },
      data: { A: "1", B: "${x}" },
      immutable: true,
    });
    expect(resource(stack, ConfigMapV1)).toMatchObject({ lifecycle: { create_before_destroy: true } });
  });

  test("keep their name where a value is known only after apply", () => {
    const { stack, created } = settings({ HOST: Token.asString({ resolve: () => "x" }) });
    expect(created.settingsName).toBe("web");
    expect(resource(stack, ConfigMapV1)).not.toHaveProperty("immutable");
  });

  test("are environment variables and files of pods that start after them", () => {
    const { stack, created } = settings({ LOG_LEVEL: "info" });
    webService(stack, { settings: created, volumes: { "/etc/web": VolumeMount.settings(created) } });
    const name = created.settingsName;
    expect(objectOf(stack, "Deployment", "spec.template.spec.containers.0")).toMatchObject({
      envFrom: [{ configMapRef: { name } }],
      volumeMounts: [{ name: "etc-web", mountPath: "/etc/web", readOnly: true }],
    });
    expect(objectOf(stack, "Deployment", "spec.template.spec.volumes")).toEqual([
      { name: "etc-web", configMap: { name } },
    ]);
    expect(graphOf(stack).needs("kubernetes_deployment_v1", "kubernetes_config_map_v1")).toBe(true);
  });

  test("reject names that the API server or a shell does not accept, no values, and too many", () => {
    for (const name of ["a b", "", "..", "..a", "x".repeat(254)])
      expect(() => settings({ [name]: "" })).toViolate(KUB036);
    expect(() => settings({})).toViolate(KUB036);
    expect(() => settings({ A: "x".repeat(1024 * 1024) })).toViolate(KUB036, /1 MiB/);
    const { stack, created } = settings({ "1.conf": "x" });
    expect(() => webService(stack, { settings: created })).toViolate(KUB027);
    expect(() => settings({ A: "" }, "a_b")).toViolate(NAM001);
  });

  test("reject pods of another namespace", () => {
    const { stack, created } = settings({ A: "1" });
    expect(() => webService(stack, { settings: created, namespace: "shop" })).toViolate(KUB039);
  });
});
