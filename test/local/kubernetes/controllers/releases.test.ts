import { gzipSync } from "node:zlib";
import type { Collection, KubernetesApi, LiveObject } from "@groundwork/local/kubernetes/api";
import { releasesOf, textAt } from "@groundwork/local/kubernetes/controllers/releases";
import { RELEASE_LABEL } from "@groundwork/local/kubernetes/provider/helm-release";

describe("deployed releases", () => {
  const apiWith = (objects: Readonly<Record<string, readonly LiveObject[]>>) =>
    ({ list: ({ plural }: Collection) => Promise.resolve(objects[plural] ?? []) }) as unknown as KubernetesApi;
  const encoded = (release: object) =>
    Buffer.from(gzipSync(JSON.stringify(release)).toString("base64")).toString("base64");

  test("are the records of the stand-in for the Helm provider", async () => {
    const metadata = { name: "record", namespace: "kube-system", labels: { [RELEASE_LABEL]: "autoscaler" } };
    const data = { chart: "cluster-autoscaler", values: JSON.stringify(['{"awsRegion":"ap-northeast-2"}']) };
    const [release] = await releasesOf(apiWith({ configmaps: [{ metadata, data }] }), "cluster-autoscaler");
    expect(release).toMatchObject({ name: "autoscaler", namespace: "kube-system" });
    expect(textAt(release?.values ?? {}, "awsRegion")).toBe("ap-northeast-2");
  });

  test("are the Secrets of Helm itself, with the values of the chart and of the release", async () => {
    const secret = {
      metadata: { name: "sh.helm.release.v1.controller.v1", namespace: "kube-system" },
      type: "helm.sh/release.v1",
      data: {
        release: encoded({
          name: "controller",
          namespace: "kube-system",
          chart: {
            metadata: { name: "aws-load-balancer-controller", version: "1.13.3" },
            values: { ingressClass: "alb" },
          },
          config: { clusterName: "demo" },
        }),
      },
    };
    const other = { ...secret, type: "Opaque" };
    const found = await releasesOf(apiWith({ secrets: [secret, other] }), "aws-load-balancer-controller");
    expect(found).toEqual([
      {
        name: "controller",
        namespace: "kube-system",
        chart: "aws-load-balancer-controller",
        version: "1.13.3",
        values: { ingressClass: "alb", clusterName: "demo" },
      },
    ]);
  });

  test("are none of another chart", async () => {
    expect(await releasesOf(apiWith({}), "metrics-server")).toEqual([]);
  });
});
