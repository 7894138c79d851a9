import { join } from "node:path";
import { ensureBuilt, type GoModule, goVersion as versionFor, isBuilt } from "@groundwork/tooling/go-programs";
import { packageDirectory } from "@groundwork/tooling/paths";

/** A program of the local Kubernetes. */
export type Program = "etcd" | "kube-apiserver" | "kube-controller-manager" | "kube-scheduler" | "kwok";

/** Go modules of the programs. */
const TOOLS = join(packageDirectory(__dirname), "kubernetes/tools");

const MODULES: readonly GoModule[] = [
  {
    name: "etcd",
    directory: join(TOOLS, "etcd"),
    versionOf: "go.etcd.io/etcd/server/v3",
    programs: [{ program: "etcd", package: "go.etcd.io/etcd/server/v3" }],
  },
  {
    name: "kubernetes",
    directory: join(TOOLS, "kubernetes"),
    versionOf: "k8s.io/kubernetes",
    programs: (["kube-apiserver", "kube-controller-manager", "kube-scheduler"] as const).map((program) => ({
      program,
      package: `k8s.io/kubernetes/cmd/${program}`,
    })),
    // Without it the server reports v0.0.0-master, which clients reject.
    versionFlags: (version) => {
      const [major = "", minor = ""] = version.slice(1).split(".");
      const variable = "k8s.io/component-base/version";
      return `-X ${variable}.gitVersion=${version} -X ${variable}.gitMajor=${major} -X ${variable}.gitMinor=${minor}`;
    },
  },
  {
    name: "kwok",
    directory: join(TOOLS, "kwok"),
    versionOf: "sigs.k8s.io/kwok",
    programs: [{ program: "kwok", package: "sigs.k8s.io/kwok/cmd/kwok" }],
    versionFlags: (version) => `-X sigs.k8s.io/kwok/pkg/consts.Version=${version.slice(1)}`,
  },
];

/** Message for a missing Go. */
export const WITHOUT_GO =
  "Go ≥ 1.25 is missing: the local Kubernetes API is skipped; install Go from go.dev/doc/install or with your package manager.";

/** The version of Go that would build the programs; `undefined` if Go is missing or too old. */
export function goVersion(): string | undefined {
  return versionFor(join(TOOLS, "kubernetes"), 25);
}

/** Paths of the programs. */
export type Programs = Readonly<Record<Program, string>>;

/**
 * The programs of the local Kubernetes, built unless they are in the cache; `undefined` if Go is missing.
 *
 * Building takes about ten minutes, once: the programs are cached outside the repository. In CI a missing Go is an error,
 * since a skip would look like a success.
 */
export async function ensureKubernetes(
  log: (line: string) => void,
  abort?: AbortSignal,
): Promise<Programs | undefined> {
  const go = goVersion();
  if (go === undefined) {
    if (process.env["CI"] === "true") throw new Error(WITHOUT_GO);
    log(WITHOUT_GO);
    return undefined;
  }
  if (!isKubernetesBuilt()) log("the five programs of the local Kubernetes take about ten minutes to build");
  const found: Partial<Record<string, string>> = {};
  for (const module of MODULES) {
    const directory = await ensureBuilt(module, go, log, abort);
    for (const { program } of module.programs) found[program] = join(directory, program);
  }
  return found as Programs;
}

/** Whether all programs are in the cache. */
export function isKubernetesBuilt(): boolean {
  const go = goVersion();
  return go !== undefined && MODULES.every((module) => isBuilt(module, go));
}
