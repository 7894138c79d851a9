import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RealPrograms } from "@groundwork/local/kubernetes/programs/real-programs";

describe("programs that replace stand-ins", () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "groundwork-programs-"));
  });

  afterEach(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  test("are none without the variable", () => {
    expect(RealPrograms.from({}).pathOf("cluster-autoscaler")).toBeUndefined();
    expect(RealPrograms.from({}).directory).toBeUndefined();
  });

  test("are found by name, providers also with their version", () => {
    for (const name of ["cluster-autoscaler", "terraform-provider-helm_v3.1.1"])
      writeFileSync(join(directory, name), "");
    const programs = RealPrograms.from({ GROUNDWORK_PROGRAMS: directory });
    expect(programs.pathOf("cluster-autoscaler")).toBe(join(directory, "cluster-autoscaler"));
    expect(programs.pathOf("terraform-provider-helm")).toBe(join(directory, "terraform-provider-helm_v3.1.1"));
    expect(programs.pathOf("aws-load-balancer-controller")).toBeUndefined();
    expect(programs.charts).toBeUndefined();
    mkdirSync(join(directory, "charts"));
    expect(programs.charts).toBe(join(directory, "charts"));
  });

  test("fails for a directory without any of them, or that does not exist", () => {
    writeFileSync(join(directory, "autoscaler"), "");
    expect(() => RealPrograms.from({ GROUNDWORK_PROGRAMS: directory })).toThrow(/contains none of aws-load-balancer/);
    expect(() => RealPrograms.in(join(directory, "missing"))).toThrow(/contains none of/);
  });
});
