import { Release } from "@cdktf/provider-helm/lib/release";
import { Duration } from "@groundwork/constructs/core/duration";
import { NAM001, NAM002 } from "@groundwork/constructs/core/rules";
import { HelmRelease, type HelmReleaseProps } from "@groundwork/constructs/kubernetes/helm/helm-release";
import { type HelmValue, renderHelmValues } from "@groundwork/constructs/kubernetes/helm/helm-values";
import { KUB001, KUB002, KUB003, KUB020 } from "@groundwork/constructs/kubernetes/rules";
import { Lazy, TerraformVariable, Token } from "cdktf";
import { resource } from "../../../support/fixture";
import { clusterStack } from "../../../support/kubernetes";

const METRICS_SERVER: HelmReleaseProps = {
  name: "metrics-server",
  chart: "metrics-server",
  version: "3.13.1",
  namespace: "kube-system",
  repository: "https://kubernetes-sigs.github.io/metrics-server/",
};

function release(props: Partial<HelmReleaseProps> = {}) {
  const stack = clusterStack();
  const helmRelease = new HelmRelease(stack, "Release", { ...METRICS_SERVER, ...props });
  return { stack, helmRelease, block: () => resource(stack, Release) };
}

describe("HelmRelease", () => {
  test("waits until all objects are ready, rolls back failed releases and deletes their objects", () => {
    expect(release().block()).toMatchObject({
      ...METRICS_SERVER,
      atomic: true,
      wait: true,
      cleanup_on_fail: true,
      create_namespace: false,
      timeout: 600,
    });
  });

  test("renders all values as one document, independent of the order of the keys", () => {
    const one = release({ values: { b: { d: 1, c: [true, null] }, a: "x" } }).block();
    const other = release({ values: { a: "x", b: { c: [true, null], d: 1 } } }).block();
    expect(one["values"]).toEqual(other["values"]);
    expect(JSON.parse((one["values"] as string[])[0] ?? "")).toEqual({ a: "x", b: { c: [true, null], d: 1 } });
  });

  test("omits keys whose value is undefined", () => {
    expect(JSON.parse(renderHelmValues({ a: undefined, b: 1 }))).toEqual({ b: 1 });
  });

  test("renders attributes that are known only after apply as expressions", () => {
    const stack = clusterStack();
    const role = new TerraformVariable(stack, "role", {}).stringValue;
    new HelmRelease(stack, "Release", { ...METRICS_SERVER, values: { role } });
    expect(resource(stack, Release)["values"]).toEqual(['{\n  "role": "${var.role}"\n}']);
  });

  test("can be a dependency, and has the dependencies in dependsOn", () => {
    const { stack, helmRelease } = release();
    new HelmRelease(stack, "After", { ...METRICS_SERVER, name: "after", dependsOn: [helmRelease] });
    expect(JSON.stringify(stack.toTerraform())).toContain('"depends_on":["helm_release.Release_');
  });

  test("creates its namespace on request, and accepts a local chart without a repository", () => {
    const stack = clusterStack();
    new HelmRelease(stack, "Local", {
      name: "a",
      chart: "./chart",
      version: "0.1.0",
      namespace: "b",
      createNamespace: true,
    });
    expect(resource(stack, Release)).toMatchObject({ create_namespace: true, chart: "./chart" });
    expect(resource(stack, Release)["repository"]).toBeUndefined();
  });

  test.each(["", "latest", "1.13", ">= 1.0.0", "^1.2.3", "~1.2.3", "1.x.0", "*"])(
    "rejects the version %p, which is not a single version",
    (version) => {
      expect(() => release({ version })).toViolate(KUB001, /chart metrics-server/);
    },
  );

  test.each(["1.13.3", "v1.18.2", "9.50.1-rc.1", "1.0.0+build.5"])("accepts the version %s", (version) => {
    expect(() => release({ version })).not.toThrow();
  });

  test("rejects a timeout below five minutes", () => {
    expect(() => release({ timeout: Duration.seconds(299) })).toViolate(KUB002);
    expect(() => release({ timeout: Duration.minutes(5) })).not.toThrow();
  });

  test("rejects values that cannot be rendered", () => {
    const list = Token.asList(Lazy.listValue({ produce: () => ["a"] }));
    expect(() => release({ values: { list } })).toViolate(KUB003, /at test\/Release/);
    const object = Lazy.anyValue({ produce: () => ({}) }) as unknown as HelmValue;
    expect(() => release({ values: { object } })).toViolate(KUB003, /not plain data/);
  });

  test.each([NaN, Infinity, -Infinity])("rejects the number %p, which JSON would render as null", (replicas) => {
    expect(() => release({ values: { replicas } })).toViolate(KUB003, /the number/);
  });

  test("rejects values that are no data", () => {
    expect(() => renderHelmValues({ a: (() => 1) as unknown as HelmValue })).toViolate(KUB003, /a function/);
    expect(() => renderHelmValues({ a: 1n as unknown as HelmValue })).toViolate(KUB003, /a bigint/);
  });

  test("escapes the texts of the user for Terraform", () => {
    const { block } = release({ values: { "a${k}": "${x} %{y}" }, repository: "https://example.com/${x}" });
    expect(block()["values"]).toEqual(['{\n  "a$${k}": "$${x} %%{y}"\n}']);
    expect(block()["repository"]).toBe("https://example.com/$${x}");
  });

  test.each([{ chart: "" }, { chart: "a b" }, { repository: "" }])("rejects %j", (props) => {
    expect(() => release(props)).toViolate(KUB020);
  });

  test.each(["3scale", "a.b"])("accepts the name %s", (name) => {
    expect(release({ name, namespace: "3scale" }).block()).toMatchObject({ name, namespace: "3scale" });
  });

  test("rejects a second release with the same name in a namespace", () => {
    const { stack } = release();
    expect(() => new HelmRelease(stack, "Again", METRICS_SERVER)).toViolate(NAM002, /kube-system\/metrics-server/);
    expect(() => new HelmRelease(stack, "Other", { ...METRICS_SERVER, namespace: "other" })).not.toThrow();
  });

  test("rejects names that Helm or Kubernetes would reject", () => {
    expect(() => release({ name: "x".repeat(54) })).toViolate(NAM001, /Helm release/);
    expect(() => release({ namespace: "Kube" })).toViolate(NAM001);
  });
});
