import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tunneledKubeconfig, writePrivateFile } from "@groundwork/cli/kpaas/kubeconfig";
import { parse } from "yaml";

const TEXT = `apiVersion: v1
clusters: [{name: cluster.local, cluster: {certificate-authority-data: Q0E=, server: "https://10.40.0.5:6443"}}]
users: [{name: kubernetes-admin, user: {client-key-data: c2VjcmV0}}]
`;

describe("the kubeconfig for use from outside", () => {
  test("connects through a tunnel, verifies the other end by name, and has the stack's name", () => {
    const { text, tunnel } = tunneledKubeconfig(TEXT, "lab-nhn", "192.168.7.10", 16_443);
    expect(tunnel).toBe("127.0.0.1:16443:192.168.7.10:6443");
    const server = { server: "https://127.0.0.1:16443", "tls-server-name": "kubernetes.default.svc" };
    expect(parse(text)).toEqual({
      apiVersion: "v1",
      kind: "Config",
      "current-context": "lab-nhn",
      clusters: [{ name: "lab-nhn", cluster: { "certificate-authority-data": "Q0E=", ...server } }],
      users: [{ name: "lab-nhn", user: { "client-key-data": "c2VjcmV0" } }],
      contexts: [{ name: "lab-nhn", context: { cluster: "lab-nhn", user: "lab-nhn" } }],
    });
  });

  test.each(["", "clusters: []", "users: [{client-key-data: c2VjcmV0", "- c2VjcmV0"])(
    "fails, without repeating it, for %j",
    (text) => {
      expect(() => tunneledKubeconfig(text, "lab-nhn", "192.168.7.10", 1)).toThrow(
        /check \/home\/ubuntu\/\.kube\/config$/,
      );
      expect(() => tunneledKubeconfig(text, "lab-nhn", "192.168.7.10", 1)).not.toThrow(/c2VjcmV0/);
    },
  );

  test("is readable by its owner only, even if another file existed, and written atomically", () => {
    const directory = mkdtempSync(join(tmpdir(), "groundwork-kubeconfig-"));
    const file = join(directory, "deep", "config");
    writePrivateFile(file, "one");
    writeFileSync(file, "open", { mode: 0o644 });
    writePrivateFile(file, "two");
    expect(readFileSync(file, "utf8")).toBe("two");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(() => {
      writePrivateFile(join(directory, "deep"), "three");
    }).toThrow();
    expect(readdirSync(directory)).toEqual(["deep"]);
    rmSync(directory, { recursive: true });
  });
});
