import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { forOutside, writeSecretly } from "@groundwork/cli/kpaas/kubeconfig";
import { parse } from "yaml";

const TEXT = `apiVersion: v1
clusters: [{name: cluster.local, cluster: {certificate-authority-data: Q0E=, server: "https://10.40.0.5:6443"}}]
users: [{name: kubernetes-admin, user: {client-key-data: c2VjcmV0}}]
`;

describe("the kubeconfig of a person outside", () => {
  test("leads through a tunnel whose other end is checked by name, under the stack's name", () => {
    const { text, tunnel } = forOutside(TEXT, "lab-nhn", "192.168.7.10", 16_443);
    expect(tunnel).toBe("127.0.0.1:16443:192.168.7.10:6443");
    const server = { server: "https://127.0.0.1:16443", "tls-server-name": "kubernetes.default.svc" };
    expect(parse(text)).toEqual({
      ...{ apiVersion: "v1", kind: "Config", "current-context": "lab-nhn" },
      clusters: [{ name: "lab-nhn", cluster: { "certificate-authority-data": "Q0E=", ...server } }],
      users: [{ name: "lab-nhn", user: { "client-key-data": "c2VjcmV0" } }],
      contexts: [{ name: "lab-nhn", context: { cluster: "lab-nhn", user: "lab-nhn" } }],
    });
  });

  test.each(["", "clusters: []", "users: [{client-key-data: c2VjcmV0", "- c2VjcmV0"])(
    "fails, without repeating it, for %j",
    (text) => {
      expect(() => forOutside(text, "lab-nhn", "192.168.7.10", 1)).toThrow(/look at \/home\/ubuntu\/\.kube\/config$/);
      expect(() => forOutside(text, "lab-nhn", "192.168.7.10", 1)).not.toThrow(/c2VjcmV0/);
    },
  );

  test("is its owner's alone, even where another file stood, and whole or not at all", () => {
    const directory = mkdtempSync(join(tmpdir(), "groundwork-kubeconfig-"));
    const file = join(directory, "deep", "config");
    writeSecretly(file, "one");
    writeFileSync(file, "open", { mode: 0o644 });
    writeSecretly(file, "two");
    expect(readFileSync(file, "utf8")).toBe("two");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(() => {
      writeSecretly(join(directory, "deep"), "three");
    }).toThrow();
    expect(readdirSync(directory)).toEqual(["deep"]);
    rmSync(directory, { recursive: true });
  });
});
