import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { moduleKey, pinnedVersion, versionOf } from "@groundwork/tooling/go-programs";
import { pathOf } from "@groundwork/local/kubernetes/api";
import { kubeconfig } from "@groundwork/local/kubernetes/kubeconfig";
import { PROGRAMS } from "@groundwork/local/kubernetes/tools";
import { ROOT } from "../../support/repository";

const goMod = (name: string) => readFileSync(join(ROOT, "local/kubernetes/tools", name, "go.mod"), "utf8");

describe("the programs of the local Kubernetes", () => {
  test.each([
    ["kubernetes", "k8s.io/kubernetes"],
    ["etcd", "go.etcd.io/etcd/server/v3"],
    ["kwok", "sigs.k8s.io/kwok"],
  ])("%s is pinned, with checksums of all dependencies", (name, dependency) => {
    expect(pinnedVersion(goMod(name), dependency)).toMatch(/^v\d+\.\d+\.\d+$/);
    expect(existsSync(join(ROOT, "local/kubernetes/tools", name, "go.sum"))).toBe(true);
  });

  test("use one release for all modules of Kubernetes", () => {
    const minor = pinnedVersion(goMod("kubernetes"), "k8s.io/kubernetes").replace(/^v1\./, "v0.");
    const replaced = [...goMod("kubernetes").matchAll(/^\t(k8s\.io\/\S+) => \1 (\S+)$/gm)].map((match) => match[2]);
    expect(replaced.length).toBeGreaterThan(20);
    expect([...new Set(replaced)]).toEqual([minor]);
  });

  test("are rebuilt if any input of the build changes", () => {
    const keys = [
      moduleKey("a", "b", "c"),
      moduleKey("a", "b", "d"),
      moduleKey("a", "x", "c"),
      moduleKey("ab", "", "c"),
    ];
    expect(new Set(keys).size).toBe(4);
    expect(moduleKey("a", "b", "c")).toBe(keys[0]);
  });

  describe.each(PROGRAMS.map((programs) => [programs.module.name, programs] as const))("of %s", (_name, programs) => {
    const { release, module } = programs;
    const files = Object.entries(release.files).map(([platform, file]) => ({ platform, ...file }));

    test("are downloaded in the version that would be built", () => {
      expect(release.version).toBe(versionOf(module));
      expect(files.map(({ url }) => url.includes(release.version))).toEqual(files.map(() => true));
    });

    test("have a checksum and all programs on each platform, from the project's own server", () => {
      expect(files.map(({ platform }) => platform)).toContain("linux_amd64");
      for (const { platform, url, checksum, programs: inFile } of files) {
        expect(checksum).toMatch(/^(?:[0-9a-f]{64}|[0-9a-f]{128})$/);
        expect(url).toContain(platform.replace("_", "-"));
        expect(url).toMatch(
          /^https:\/\/(?:dl\.k8s\.io|github\.com\/(?:etcd-io\/etcd|kubernetes-sigs\/kwok)\/releases)\//,
        );
        const names = typeof inFile === "string" ? [inFile] : Object.keys(inFile);
        expect(names).toEqual(module.programs.map(({ program }) => program));
      }
    });
  });

  test("fail without a version in go.mod", () => {
    expect(() => pinnedVersion("module x", "k8s.io/kubernetes")).toThrow("no version of k8s.io/kubernetes");
  });
});

describe("the API", () => {
  test("has paths by group and namespace", () => {
    expect(pathOf({ apiVersion: "v1", plural: "nodes" })).toBe("/api/v1/nodes");
    expect(pathOf({ apiVersion: "apps/v1", plural: "deployments", namespace: "a" })).toBe(
      "/apis/apps/v1/namespaces/a/deployments",
    );
  });

  test("is configured for kubectl in one file", () => {
    const text = kubeconfig({ server: "https://127.0.0.1:1", token: "t", certificate: "c" });
    expect(text).toContain('server: "https://127.0.0.1:1"');
    expect(text).toContain("current-context: groundwork");
  });
});
