import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { KubernetesApi } from "../api";
import { accessTo } from "../cluster";
import type { Cluster } from "../cluster";
import { playLoadBalancers } from "../load-balancers";
import { listen, reattach } from "./rpc";
import { StandIn } from "./stand-in";

/** The stand-in as a process of its own: `node main.js <directory of a cluster>`. Writes how to reach it when it can be. */
async function main(directory: string): Promise<void> {
  const cluster = JSON.parse(readFileSync(join(directory, "cluster.json"), "utf8")) as Cluster;
  const access = accessTo(cluster);
  const journal = join(directory, "journal.jsonl");
  const kubernetes = await listen(StandIn.kubernetes(access, journal));
  const helm = await listen(StandIn.helm(access, journal));
  writeFileSync(
    join(directory, "reattach.json"),
    reattach({ "hashicorp/kubernetes": kubernetes.port, "hashicorp/helm": helm.port }),
  );
  const api = new KubernetesApi(access);
  for (;;) {
    // A server that stops or is busy is no reason to end: Terraform may still be talking to us.
    await playLoadBalancers(api).catch((error: unknown) => console.error(error));
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

const [directory] = process.argv.slice(2);
if (directory === undefined) throw new Error("usage: main.js <directory of a cluster>");
void main(directory);
