import { join } from "node:path";
import type { GoModule } from "@groundwork/tooling/go-programs";
import { ensureBuilt, goVersion as versionFor, isBuilt } from "@groundwork/tooling/go-programs";

/** A program of the local Kubernetes. */
export type Program = "etcd" | "kube-apiserver" | "kube-controller-manager" | "kube-scheduler" | "kwok";

const MODULES: readonly GoModule[] = [
  {
    name: "etcd",
    directory: "local/kubernetes/tools/etcd",
    versionOf: "go.etcd.io/etcd/server/v3",
    programs: [{ program: "etcd", package: "go.etcd.io/etcd/server/v3" }],
  },
  {
    name: "kubernetes",
    directory: "local/kubernetes/tools/kubernetes",
    versionOf: "k8s.io/kubernetes",
    programs: (["kube-apiserver", "kube-controller-manager", "kube-scheduler"] as const).map((program) => ({
      program,
      package: `k8s.io/kubernetes/cmd/${program}`,
    })),
    // Without it the server calls itself v0.0.0-master, and clients refuse to guess.
    stamp: (version) => {
      const [major = "", minor = ""] = version.slice(1).split(".");
      const variable = "k8s.io/component-base/version";
      return `-X ${variable}.gitVersion=${version} -X ${variable}.gitMajor=${major} -X ${variable}.gitMinor=${minor}`;
    },
  },
  {
    name: "kwok",
    directory: "local/kubernetes/tools/kwok",
    versionOf: "sigs.k8s.io/kwok",
    programs: [{ program: "kwok", package: "sigs.k8s.io/kwok/cmd/kwok" }],
    stamp: (version) => `-X sigs.k8s.io/kwok/pkg/consts.Version=${version.slice(1)}`,
  },
];

/** What happens without the programs, and how to get what builds them. */
export const WITHOUT_GO =
  "Go ≥ 1.25 is missing: without it the local Kubernetes API is skipped; install it from go.dev/doc/install or with your package manager.";

/** The version of Go that would build; nothing when there is none that can. */
export function goVersion(): string | undefined {
  return versionFor("local/kubernetes/tools/kubernetes", 25);
}

/** Where the programs are. */
export type Programs = Readonly<Record<Program, string>>;

/**
 * The programs of the local Kubernetes, built unless they are there; nothing when Go is missing.
 *
 * Building takes about ten minutes, once: what comes out stays outside the tree, under a name made of everything that
 * decides it. In CI a missing Go is a failure, since a skip would look like a success.
 */
export async function ensureKubernetes(
  say: (line: string) => void,
  abort?: AbortSignal,
): Promise<Programs | undefined> {
  const go = goVersion();
  if (go === undefined) {
    if (process.env["CI"] === "true") throw new Error(WITHOUT_GO);
    say(WITHOUT_GO);
    return undefined;
  }
  if (!isKubernetesBuilt()) say("the five programs of the local Kubernetes take about ten minutes to build");
  const found: Partial<Record<string, string>> = {};
  for (const module of MODULES) {
    const home = await ensureBuilt(module, go, say, abort);
    for (const { program } of module.programs) found[program] = join(home, program);
  }
  return found as Programs;
}

/** Whether everything is built already. */
export function isKubernetesBuilt(): boolean {
  const go = goVersion();
  return go !== undefined && MODULES.every((module) => isBuilt(module, go));
}
