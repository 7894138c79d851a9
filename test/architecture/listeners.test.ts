import { filesBelow, textOf } from "../support/repository";

/** Calls that make a program accept connections, in TypeScript and Python. */
const LISTENING =
  /(?:\bserver|\bsocket|createServer\([^]*?\))\.(?:listen|bind|bindAsync)\([^;]*|\brun_simple\(.*|\bcreate_server\(.*/g;

/** Listeners of the local cloud: an address of loopback, or the path of a Unix socket. */
const CLOSED = /"127\.0\.0\.1"|unix:\/?\/?[${]/;

const files = ["cli", "local", "tooling", "scripts"].flatMap((directory) =>
  [".ts", ".mjs", ".py"].flatMap((ending) => filesBelow(directory, ending)),
);

describe("programs on this machine", () => {
  const found = files.flatMap((file) => [...textOf(file).matchAll(LISTENING)].map(([call]) => `${file}: ${call}`));

  test("listen on loopback or on a Unix socket only", () => {
    expect(found.filter((call) => !CLOSED.test(call))).toEqual([]);
  });

  test("are all found", () => {
    const listening = [...new Set(found.map((call) => call.split(":")[0]))];
    expect(listening.sort()).toEqual([
      "local/aws/gateway/main.ts",
      "local/aws/moto_server.py",
      "local/gitlab/api.ts",
      "local/kubernetes/provider/rpc.ts",
      "local/openstack/main.ts",
      "tooling/ports.ts",
    ]);
  });

  test("serve HTTP only after they have checked the origin of a request and with limited bodies", () => {
    const servers = files.filter(
      (file) => /\bcreateServer\(/.test(textOf(file)) && textOf(file).includes('"node:http"'),
    );
    expect(servers.length).toBeGreaterThan(2);
    const unchecked = servers.filter(
      (file) => !textOf(file).includes("requireLocalRequest(") || !textOf(file).includes("new RequestBodies("),
    );
    expect(unchecked).toEqual([]);
  });
});
