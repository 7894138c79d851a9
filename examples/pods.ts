import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Size } from "@groundwork/constructs/core";
import * as k8s from "@groundwork/constructs/kubernetes";
import { App, TerraformStack } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "example");
new KubernetesProvider(stack, "kubernetes");

// Files on the NFS server of K-PaaS, settings, and a password that pods read from OpenBao when they start.
const storageClass = k8s.StorageClass.fromName({ name: "cp-storageclass", volumes: k8s.VolumeType.nfs() });
const files = new k8s.Claim(stack, "Files", { name: "files", storageClass, size: Size.gibibytes(20) });
const settings = new k8s.Settings(stack, "Settings", { name: "web", values: { LOG_LEVEL: "info" } });
const values = { DB_PASSWORD: { path: "secret/data/shop", key: "password" } };
const source = k8s.SecretSource.openBao({ role: "shop", values });
const secrets = new k8s.Secrets(stack, "Secrets", { name: "web", source });
const account = new k8s.ServiceAccount(stack, "Account", { name: "web" });

// The database is migrated before the new pods start; a report is written every night.
const image = "registry.example.com/web:1.4.0";
const resources = k8s.Resources.of({ requests: { cpu: k8s.Cpu.millicores(100), memory: Size.mebibytes(128) } });
const web = { image, resources, settings, secrets, serviceAccount: account.accountName, dependsOn: [account] };
const volumes = { "/srv/files": k8s.VolumeMount.claim(files) };
const migration = new k8s.Job(stack, "Migration", { ...web, name: "migration", args: ["migrate"] });
new k8s.CronJob(stack, "Report", { ...web, name: "report", schedule: "0 3 * * *", args: ["report"], volumes });
new k8s.WebService(stack, "Web", {
  ...web,
  name: "web",
  port: k8s.ServicePort.of({ service: 80, container: 8080 }),
  replicas: k8s.Replicas.fixed(3),
  health: k8s.Health.at("/healthz"),
  volumes,
  dependsOn: [account, migration],
});
app.synth();
