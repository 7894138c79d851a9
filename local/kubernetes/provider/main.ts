import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accessTo, type Cluster } from "../cluster";
import { runControllers } from "../controllers/run-controllers";
import { RealPrograms } from "../programs/real-programs";
import { listen, reattach } from "./rpc";
import { StandIn } from "./stand-in";

/**
 * The stand-ins for providers and controllers as a process of its own:
 * `node main.js <directory of a cluster> [<endpoint of AWS> [<directory of programs that replace stand-ins>]]`. Writes
 * `reattach.json` once it is ready.
 */
async function main(directory: string, endpoint: string | undefined, programs: string | undefined): Promise<void> {
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
  if (endpoint === undefined) return;
  // A program that is being started is recorded before the process ends; else nothing would find it again.
  const end = new AbortController();
  process.once("SIGTERM", () => {
    end.abort();
  });
  await runControllers({
    access,
    directory,
    kubeconfig: cluster.kubeconfig,
    endpoint,
    programs: programs === undefined ? RealPrograms.none() : RealPrograms.in(programs),
    log: console.error,
    abort: end.signal,
  });
  process.exit();
}

const [directory, endpoint, programs] = process.argv.slice(2);
if (directory === undefined) throw new Error("usage: main.js <directory of a cluster> [<endpoint> [<programs>]]");
void main(directory, endpoint, programs);
