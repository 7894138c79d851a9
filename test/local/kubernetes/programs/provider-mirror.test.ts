import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { providerMirrors, realProviders } from "@groundwork/local/kubernetes/programs/provider-mirror";
import { RealPrograms } from "@groundwork/local/kubernetes/programs/real-programs";
import { platform } from "@groundwork/tooling/platform";

describe("a mirror of given providers", () => {
  let directory: string;

  beforeEach(() => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), "groundwork-mirror-")));
    mkdirSync(join(directory, "programs/charts"), { recursive: true });
  });

  afterEach(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  const give = (name: string): void => {
    const file = join(directory, "programs", name);
    writeFileSync(file, '#!/bin/sh\necho "$(pwd) $*"\n');
    chmodSync(file, 0o755);
  };
  const programOf = (name: string, version: string): string =>
    join(
      directory,
      `work/real-providers/registry.terraform.io/hashicorp/${name}/${version}/${platform()}`,
      `terraform-provider-${name}_v${version}`,
    );

  test("is empty when only controllers are given", () => {
    give("cluster-autoscaler");
    const programs = RealPrograms.in(join(directory, "programs"));
    expect(realProviders(programs)).toEqual([]);
    expect(providerMirrors(programs, join(directory, "work"))).toEqual([]);
  });

  test("has each provider in its version, which starts the given program with its arguments", () => {
    give("terraform-provider-kubernetes_v2.37.1_x5");
    const programs = RealPrograms.in(join(directory, "programs"));
    expect(providerMirrors(programs, join(directory, "work"))).toEqual([
      {
        directory: join(directory, "work/real-providers"),
        providers: ["registry.terraform.io/hashicorp/kubernetes"],
      },
    ]);
    expect(execFileSync(programOf("kubernetes", "2.37.1"), ["one", "two"], { encoding: "utf8" })).toMatch(/ one two$/m);
  });

  test("starts the Helm provider where it finds charts by their names", () => {
    give("terraform-provider-helm");
    writeFileSync(join(directory, "programs/charts/cluster-autoscaler-9.52.0.tgz"), "");
    mkdirSync(join(directory, "programs/charts/cert-manager"));
    const programs = RealPrograms.in(join(directory, "programs"));
    providerMirrors(programs, join(directory, "work"));
    const started = execFileSync(programOf("helm", "3.1.1"), { encoding: "utf8" });
    expect(started.trim()).toBe(join(directory, "work/charts"));
    for (const chart of ["cluster-autoscaler", "cert-manager"])
      expect(existsSync(join(directory, "work/charts", chart))).toBe(true);
  });
});
