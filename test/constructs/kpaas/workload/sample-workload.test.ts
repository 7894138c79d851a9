import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { NAM001 } from "@groundwork/constructs/core/rules";
import { Workload } from "@groundwork/constructs/kpaas/workload/workload";
import { KPS030, KPS031 } from "@groundwork/constructs/kpaas/rules";
import { SampleWorkload } from "@groundwork/constructs/kpaas/workload/sample-workload";
import type { WorkloadProps } from "@groundwork/constructs/kpaas/workload/workload-values";
import { Size } from "@groundwork/constructs/core/size";
import { Claim } from "@groundwork/constructs/kubernetes/storage/claim";
import { StorageClass } from "@groundwork/constructs/kubernetes/storage/storage-class";
import { VolumeMount } from "@groundwork/constructs/kubernetes/storage/volume-mount";
import { VolumeType } from "@groundwork/constructs/kubernetes/storage/volume-type";
import { KUB008 } from "@groundwork/constructs/kubernetes/rules";
import { parseAllDocuments } from "yaml";
import { resources } from "../../../support/fixture";
import { clusterStack, manifests, objectOf } from "../../../support/kubernetes";

const OTHER: WorkloadProps = {
  ...{ name: "shop", app: "shop-web", image: "registry.example.com/shop:1.4.0", replicas: 1 },
  ...{ nodePort: 32767, namespace: "shop" },
};

/** Objects that the install host applies. */
function applied(props: WorkloadProps): readonly unknown[] {
  return parseAllDocuments(Workload.of(props).manifest).map((document) => document.toJS() as unknown);
}

describe("SampleWorkload", () => {
  test("mounts a claim on the NFS server, whose default class the cluster has", () => {
    const stack = clusterStack();
    const files = new Claim(stack, "Files", {
      name: "nginx-files",
      storageClass: StorageClass.fromName({ name: "cp-storageclass", volumes: VolumeType.nfs() }),
      size: Size.gibibytes(1),
      access: "ReadWriteMany",
    });
    new SampleWorkload(stack, "Sample", { volumes: { "/usr/share/nginx/html": VolumeMount.claim(files) } });
    expect(objectOf(stack, "PersistentVolumeClaim", "spec")).toMatchObject({
      accessModes: ["ReadWriteMany"],
      storageClassName: "cp-storageclass",
    });
    expect(objectOf(stack, "Deployment", "spec.template.spec")).toMatchObject({
      containers: [{ volumeMounts: [{ mountPath: "/usr/share/nginx/html" }] }],
      volumes: [{ persistentVolumeClaim: { claimName: "nginx-files" } }],
    });
  });

  test("has the values of the lab by default", () => {
    const stack = clusterStack();
    const sample = new SampleWorkload(stack, "Sample");
    expect(objectOf(stack, "Deployment")).toMatchObject({
      metadata: { name: "nginx-deployment", namespace: "default", labels: { app: "nginx" } },
      spec: {
        replicas: 3,
        selector: { matchLabels: { app: "nginx" } },
        template: { spec: { containers: [{ name: "nginx", image: "nginx:1.14.2", ports: [{ containerPort: 80 }] }] } },
      },
    });
    expect(objectOf(stack, "Service")).toMatchObject({
      metadata: { name: "nginx-service", namespace: "default" },
      spec: {
        type: "NodePort",
        selector: { app: "nginx" },
        ports: [{ port: 80, targetPort: 80, nodePort: 30087 }],
      },
    });
    expect(sample.urlAt("203.0.113.10")).toBe("http://203.0.113.10:30087");
  });

  test.each([
    ["the lab's", {}],
    ["another", OTHER],
  ])("has exactly the objects that the install host applies: %s", (_, props) => {
    const stack = clusterStack();
    new SampleWorkload(stack, "Sample", props);
    expect(manifests(stack).map(({ object }) => object)).toEqual(applied(props));
  });

  test("sets the pull policy that Kyverno enforces, so that the plan has no difference", () => {
    for (const object of applied({}).slice(0, 1))
      expect(object).toHaveProperty("spec.template.spec.containers.0.imagePullPolicy", "Always");
  });

  test("depends on the given resources", () => {
    const stack = clusterStack();
    const first = new SampleWorkload(stack, "First", { name: "first", app: "first", nodePort: 30088 });
    new SampleWorkload(stack, "Second", { dependsOn: [first] });
    const dependencies = resources(stack, DeploymentV1).map((deployment) => deployment["depends_on"]);
    expect(dependencies).toEqual([undefined, [expect.stringMatching(/^kubernetes_service_v1\.First_/)]]);
  });

  test.each([29999, 32768, 30087.5, 31080, 31443])("rejects the node port %d in construct and phase", (nodePort) => {
    const message = /node port \d.*(30000 to 32767|31080 and 31443)/;
    expect(() => new SampleWorkload(clusterStack(), "Sample", { nodePort })).toViolate(KPS030, message);
    expect(() => Workload.of({ nodePort })).toViolate(KPS030, message);
  });

  test("rejects an image, a name and a number of pods that the cluster would reject", () => {
    expect(() => Workload.of({ image: "nginx 1.14.2" })).toViolate(KPS031, /such as nginx:1.14.2/);
    expect(() => Workload.of({ name: "Nginx" })).toViolate(NAM001, /Nginx-deployment/);
    expect(() => Workload.of({ replicas: 0 })).toViolate(KUB008, /0 replicas/);
  });
});
