import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Size } from "@groundwork/constructs/core";
import { SampleWorkload } from "@groundwork/constructs/kpaas";
import { Claim, StorageClass, VolumeMount, VolumeType } from "@groundwork/constructs/kubernetes";
import { App, TerraformOutput, TerraformStack } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "example");
new KubernetesProvider(stack, "kubernetes", { configPath: "~/.kube/kpaas" });

// The lab's workload on K-PaaS, whose three pods share a directory of the NFS server.
const files = new Claim(stack, "Files", {
  name: "nginx-files",
  storageClass: StorageClass.fromName({ name: "cp-storageclass", volumes: VolumeType.nfs() }),
  size: Size.gibibytes(1),
  access: "ReadWriteMany",
});
const sample = new SampleWorkload(stack, "Sample", {
  volumes: { "/usr/share/nginx/html": VolumeMount.claim(files) },
});
new TerraformOutput(stack, "url", { value: sample.urlAt("203.0.113.10") });
app.synth();
