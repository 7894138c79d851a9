import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../support/repository";

/** What a function of scripts/audit.mjs returns; scripts are ES modules, which Jest does not load. */
function returned(name: string, text: string): unknown {
  const code = `import { ${name} } from ${JSON.stringify(join(ROOT, "scripts/audit.mjs"))};
    console.log(JSON.stringify(${name}(process.argv[1]) ?? "no report"));`;
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", code, text], { encoding: "utf8" });
  return JSON.parse(output);
}

describe("the audit of packages", () => {
  test("reports high and critical findings of npm, and no report of a mirror as such", () => {
    const vulnerabilities = { a: { severity: "critical" }, b: { severity: "low" }, c: { severity: "high" } };
    expect(returned("severeFindings", JSON.stringify({ vulnerabilities }))).toEqual(["a: critical", "c: high"]);
    expect(returned("severeFindings", '{"error":{"code":"ENOAUDIT"}}')).toBe("no report");
  });

  test("reports every finding of pip-audit, and no report where the index knows no package", () => {
    const found = { name: "moto", version: "5.0.0", vulns: [{ id: "PYSEC-1" }, { id: "PYSEC-2" }] };
    const clean = { name: "flask", version: "3.0.0", vulns: [] };
    const skipped = { name: "x", skip_reason: "Dependency not found" };
    const report = (...dependencies: object[]) => returned("pythonFindings", JSON.stringify({ dependencies }));
    expect(report(found, clean, skipped)).toEqual(["moto 5.0.0: PYSEC-1", "moto 5.0.0: PYSEC-2"]);
    expect(report(clean)).toEqual([]);
    expect(report(skipped)).toBe("no report");
    expect(returned("pythonFindings", "")).toBe("no report");
  });
});
