import { join } from "node:path";
import { type GoModule, goVersion } from "@groundwork/tooling/go-programs";
import { packageDirectory } from "@groundwork/tooling/paths";
import {
  cachedPrograms,
  ProgramInstallation,
  type Programs as Installable,
  UnavailableError,
} from "@groundwork/tooling/programs";
import { ETCD, KUBERNETES, KWOK } from "./releases";

/** A program of the local Kubernetes. */
export type Program = "etcd" | "kube-apiserver" | "kube-controller-manager" | "kube-scheduler" | "kwok";

/** Go modules of the programs. */
const TOOLS = join(packageDirectory(__dirname), "kubernetes/tools");

/** Minor version of Go 1 that the modules need. */
const LEAST_GO = 25;

/** All programs; the largest last, so that a missing one is noticed early. */
export const PROGRAMS: readonly Installable[] = [
  {
    release: KWOK,
    leastGo: LEAST_GO,
    module: {
      name: "kwok",
      directory: join(TOOLS, "kwok"),
      versionOf: "sigs.k8s.io/kwok",
      programs: [{ program: "kwok", package: "sigs.k8s.io/kwok/cmd/kwok" }],
      versionFlags: (version) => `-X sigs.k8s.io/kwok/pkg/consts.Version=${version.slice(1)}`,
    },
  },
  {
    release: ETCD,
    leastGo: LEAST_GO,
    module: {
      name: "etcd",
      directory: join(TOOLS, "etcd"),
      versionOf: "go.etcd.io/etcd/server/v3",
      programs: [{ program: "etcd", package: "go.etcd.io/etcd/server/v3" }],
    },
  },
  { release: KUBERNETES, leastGo: LEAST_GO, module: kubernetesModule() },
];

/** Paths of the programs. */
export type Programs = Readonly<Record<Program, string>>;

/**
 * The programs of the local Kubernetes, downloaded or built unless they are in the cache; `undefined` if neither is possible.
 *
 * The programs are cached outside the repository. In CI missing programs are an error, since a skip would look like a success.
 */
export async function ensureKubernetes(
  log: (line: string) => void,
  abort?: AbortSignal,
): Promise<Programs | undefined> {
  const installation = new ProgramInstallation({ log, abort });
  const found: Partial<Record<string, string>> = {};
  try {
    for (const programs of PROGRAMS) {
      const directory = await installation.ensure(programs);
      for (const { program } of programs.module.programs) found[program] = join(directory, program);
    }
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
    const message = `the local Kubernetes API is skipped: ${error.message}`;
    if (process.env["CI"] === "true") throw new Error(message, { cause: error });
    log(message);
    return undefined;
  }
  return found as Programs;
}

/** Whether the local Kubernetes can start without a download: its programs are in the cache, or Go can build them. */
export function hasKubernetes(): boolean {
  return PROGRAMS.every(
    (programs) =>
      cachedPrograms(programs) !== undefined || goVersion(programs.module.directory, programs.leastGo) !== undefined,
  );
}

function kubernetesModule(): GoModule {
  return {
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
  };
}
