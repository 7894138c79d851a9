import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { KubernetesApi } from "../api";
import { accessTo, type Cluster } from "../cluster";
import { emulateLoadBalancerController } from "../load-balancers";
import { listen, reattach } from "./rpc";
import { StandIn } from "./stand-in";

/** The stand-in as a process of its own: `node main.js <directory of a cluster>`. Writes `reattach.json` once it is ready. */
async function main(directory: string): Promise<void> {
  const cluster = JSON.parse(readFileSync(join(directory, "cluster.json"), "utf8")) as Cluster;
  const access = accessTo(cluster);
  const journal = join(directory, "journal.jsonl");
  const sockets = cluster.privateDirectory ?? directory;
  const [kubernetes, helm] = [join(sockets, "kubernetes.sock"), join(sockets, "helm.sock")];
  await listen(StandIn.kubernetes(access, journal), kubernetes);
  await listen(StandIn.helm(access, journal), helm);
  writeFileSync(
    join(directory, "reattach.json"),
    reattach({ "hashicorp/kubernetes": kubernetes, "hashicorp/helm": helm }),
  );
  const api = new KubernetesApi(access);
  for (;;) {
    // Errors of the API server do not end the stand-in: Terraform may still be connected.
    await emulateLoadBalancerController(api).catch((error: unknown) => console.error(error));
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

const [directory] = process.argv.slice(2);
if (directory === undefined) throw new Error("usage: main.js <directory of a cluster>");
void main(directory);
