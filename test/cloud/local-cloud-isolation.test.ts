import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer, request, type RequestOptions, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { ACCOUNT } from "@groundwork/local/aws/account";
import { signatureFor } from "@groundwork/local/aws/gateway/credentials";
import { NHN } from "@groundwork/local/openstack/account";
import { attackingPage } from "./support/attacking-page";
import { Browser, type BrowserProgram, browserProgram } from "./support/browser";
import { isOnLoopback, listenersOf } from "./support/listeners";
import { LocalCloud } from "./support/local-cloud";
import { below } from "./support/processes";

const REGION = "ap-northeast-2";
const FORM = "application/x-www-form-urlencoded";

describe("the local cloud", () => {
  let cloud: LocalCloud;

  beforeAll(async () => {
    cloud = await LocalCloud.start({ parts: ["kubernetes", "openstack"] });
  }, 25 * 60_000);
  afterAll(() => cloud.stop());

  const aws = (service: string, path: string, init: RequestInit = {}) =>
    fetch(cloud.endpoint + path, {
      ...init,
      headers: { authorization: signatureFor({ service, region: REGION }), ...init.headers },
    });
  const ec2 = async (action: string) => {
    const init = { method: "POST", headers: { "content-type": FORM }, body: `Version=2016-11-15&${action}` };
    return (await aws("ec2", "/", init)).text();
  };
  const openstack = () => cloud.cloud.openstack?.endpoint ?? "";
  const sockets = () =>
    cloud.cloud.emulators.flatMap(({ address }) => ("socketPath" in address ? [address.socketPath] : []));

  /** Status and body of a request to an address, such as an emulator's socket, past the gateway. */
  const direct = (address: RequestOptions, path: string, headers: Readonly<Record<string, string>>) =>
    new Promise<string>((resolve, reject) => {
      const outgoing = request({ ...address, path, headers }, (response) => {
        let text = `${response.statusCode} `;
        response.on("data", (chunk: Buffer) => (text += chunk.toString()));
        response.once("end", () => {
          resolve(text);
        });
      });
      outgoing.once("error", reject);
      outgoing.end();
    });

  describe("to other machines and users", () => {
    test("listens on loopback only, with those ports that clients need", () => {
      const { emulators, kubernetes } = cloud.cloud;
      const processes = [...emulators, ...(kubernetes?.cluster.processes ?? [])];
      const pids = [
        ...new Set([...processes.map(({ process: { pid } }) => pid), ...below(process.pid).map(({ pid }) => pid)]),
      ];
      const listeners = listenersOf(pids);
      expect(listeners.filter((listener) => !isOnLoopback(listener))).toEqual([]);
      const clients = [cloud.endpoint, openstack(), kubernetes?.cluster.server ?? ""].filter((url) => url !== "");
      expect(listeners.map(({ port }) => port).sort()).toEqual(clients.map((url) => Number(new URL(url).port)).sort());
      expect(clients.length).toBe(cloud.has(["kubernetes", "openstack"]) ? 3 : clients.length);
    });

    test("would be found if it listened on all addresses", async () => {
      const script = (host: string, type: string) =>
        type === "tcp"
          ? `require("net").createServer().listen(0, ${JSON.stringify(host)}, () => console.log("ready"))`
          : `require("dgram").createSocket("udp4").bind(0, ${JSON.stringify(host)}, () => console.log("ready"))`;
      for (const [host, type, expected] of [
        ["0.0.0.0", "tcp", false],
        ["::", "tcp", false],
        ["127.0.0.1", "tcp", true],
        ["::1", "tcp", true],
        ["::ffff:127.0.0.1", "tcp", true],
        ["0.0.0.0", "udp", false],
        ["127.0.0.1", "udp", true],
      ] as const) {
        const child = spawn(process.execPath, ["-e", script(host, type)], { stdio: ["ignore", "pipe", "inherit"] });
        await once(child.stdout, "data");
        const found = listenersOf([child.pid ?? 0]).map((listener) => isOnLoopback(listener));
        child.kill();
        expect([host, type, found]).toEqual([host, type, [expected]]);
      }
    });

    test("has sockets that only its user can reach", () => {
      expect(sockets()).toHaveLength(2);
      const { privateDirectory } = cloud.cloud.kubernetes?.cluster ?? {};
      const directories = [...sockets().map(dirname), ...(privateDirectory === undefined ? [] : [privateDirectory])];
      for (const directory of directories) {
        expect(statSync(directory).mode & 0o777).toBe(0o700);
        expect(statSync(directory).uid).toBe(process.getuid?.());
      }
    });

    // Only root can start a process of another user; the test above checks the permissions for every user.
    (process.getuid?.() === 0 ? test : test.skip)("rejects connections of another user to its sockets", () => {
      const connecting = `require("net").connect(process.argv[1]).once("connect", () => process.exit(0)).once("error", (e) => { console.log(e.code); process.exit(1); })`;
      for (const socket of sockets()) {
        const connect = (uid: number) =>
          spawnSync("node", ["-e", connecting, socket], {
            uid,
            cwd: "/",
            encoding: "utf8",
            env: { PATH: process.env["PATH"] },
          });
        expect(connect(0).status).toBe(0);
        expect(connect(65_534)).toMatchObject({ status: 1, stdout: "EACCES\n" });
      }
    });

    test("requires a token for the Kubernetes API", () => {
      const { cluster } = cloud.cloud.kubernetes ?? {};
      if (cluster === undefined) return;
      const call = `require("https").request(process.argv[1], { method: "POST", ca: process.argv[2], headers: { "content-type": "text/plain" } }, (r) => { console.log(r.statusCode); process.exit(); }).end("{}")`;
      const { stdout } = spawnSync(
        process.execPath,
        ["-e", call, `${cluster.server}/api/v1/namespaces`, readFileSync(cluster.certificateFile, "utf8")],
        { encoding: "utf8" },
      );
      expect(["401\n", "403\n"]).toContain(stdout);
    });
  });

  describe("to its clients", () => {
    test("does not run code of functions, also past the gateway", async () => {
      const lambda = { authorization: signatureFor({ service: "lambda", region: REGION }) };
      const responses = await Promise.all(
        sockets().map((socket) => direct({ socketPath: socket }, "/2015-03-31/functions", lambda)),
      );
      expect(responses).toEqual([
        expect.stringMatching(/^501 .*awslambda is not a service of the local cloud/s),
        expect.stringMatching(/^400 .*Unsupported service: lambda/),
      ]);
      expect((await aws("lambda", "/2015-03-31/functions")).status).toBe(501);
    });

    test("does not run code of CloudFront functions, also past the gateway", async () => {
      const marker = join(cloud.directory, "escaped");
      const domain = await distributionWith(
        aws,
        `require.constructor("return process")().getBuiltinModule("fs").writeFileSync(${JSON.stringify(marker)}, "");
         function handler() { return { statusCode: 200, statusDescription: "OK" }; }`,
      );
      const { port } = new URL(cloud.endpoint);
      expect(await direct({ host: "127.0.0.1", port }, "/", { host: domain })).toMatch(/^403 /);
      const [, ministack = ""] = sockets();
      // The distribution is found, and its function is not run.
      expect(await direct({ socketPath: ministack }, "/", { host: domain })).toMatch(/^503 /);
      expect(readFileSync(join(cloud.directory, "local/ministack.log"), "utf8")).toContain(
        "need Node, which was not found",
      );
      expect(existsSync(marker)).toBe(false);
    });

    test("does not load settings of the environment", () => {
      for (const { process: identity } of cloud.cloud.emulators) {
        const names = readFileSync(`/proc/${identity.pid}/environ`, "utf8")
          .split("\0")
          .map((entry) => entry.split("=")[0]);
        expect(names.filter((name) => /^AWS_|PROXY|TOKEN|SECRET|NODE_OPTIONS/i.test(name ?? ""))).toEqual([]);
      }
    });
  });

  describe("to web pages", () => {
    let browser: Browser;
    let site: Server;
    let program: BrowserProgram | undefined;

    beforeAll(async () => {
      program = browserProgram();
      if (program === undefined) return;
      browser = await Browser.start(program, ["--host-resolver-rules=MAP *.test 127.0.0.1"]);
      const targets = {
        gateway: cloud.endpoint,
        openstack: openstack(),
        kubernetes: cloud.cloud.kubernetes?.cluster.server,
      };
      site = createServer((_request, response) => {
        response.writeHead(200, { "content-type": "text/html" });
        response.end(attackingPage(targets));
      });
      await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
    });
    afterAll(async () => {
      await (browser as Browser | undefined)?.stop();
      (site as Server | undefined)?.close();
    });

    /** Everything that a page could have changed. */
    async function state(): Promise<unknown> {
      const { calls } = (await (await fetch(`${cloud.endpoint}/_gateway/health`)).json()) as { calls: number };
      return {
        calls,
        objects: await cloud.openstackObjects(),
        userData: await (await fetch(`${openstack()}/_emulator/user-data`)).json(),
        requests: await (await fetch(`${openstack()}/_emulator/requests`)).json(),
      };
    }

    const gatewayLog = () => readFileSync(join(cloud.directory, "local/gateway.log"), "utf8").split("\n");
    const openstackLog = () => readFileSync(join(cloud.directory, "local/openstack.log"), "utf8").split("\n");

    async function createKeyPair(): Promise<void> {
      const created = await fetch(`${openstack()}${NHN.compute}/os-keypairs`, {
        method: "POST",
        headers: { "x-auth-token": cloud.cloud.openstack?.env["TF_VAR_nhn_token"] ?? "" },
        body: JSON.stringify({ keypair: { name: "kept" } }),
      });
      expect(created.ok).toBe(true);
    }

    test("of another origin rejects every request, and nothing changes", async () => {
      if (program === undefined) return;
      if (openstack() !== "") await createKeyPair();
      expect(await ec2("Action=CreateVpc&CidrBlock=10.9.0.0/16")).toContain("<vpcId>");
      await cloud.fail(1, ["error"]);
      const before = await state();
      const [gatewayLines, openstackLines] = [gatewayLog().length, openstackLog().length];

      const { port } = site.address() as AddressInfo;
      for (const origin of [`http://evil.test:${port}`, `http://127.0.0.1:${port}`, `http://localhost:${port}`]) {
        await browser.open(`${origin}/`);
        const results = (await browser.evaluate("attack()")) as Readonly<Record<string, string>>;
        // Requests without CORS return an opaque response; those whose response a page could read fail.
        expect(Object.entries(results).filter(([, result]) => !/^(?:opaque|failed|sent)$/.test(result))).toEqual([]);
        expect(Object.values(results).filter((result) => result === "failed").length).toBeGreaterThan(5);
      }

      expect(await state()).toEqual(before);
      // Faults that were set are still set: the gateway was not reset.
      expect(
        (await aws("ec2", "/", { method: "POST", headers: { "content-type": FORM }, body: "Action=DescribeVpcs" }))
          .status,
      ).toBe(500);
      await cloud.fail(0, []);
      expect(await ec2("Action=DescribeVpcs")).toContain("10.9.0.0/16");

      // The requests did arrive, and were rejected.
      const rejected = (lines: readonly string[]) =>
        lines.filter((line) => /^40[03] (?:GET|POST|PUT|DELETE|OPTIONS) /.test(line)).length;
      expect(rejected(gatewayLog().slice(gatewayLines))).toBeGreaterThan(30);
      if (openstack() !== "") expect(rejected(openstackLog().slice(openstackLines))).toBeGreaterThan(15);
    });

    test("whose name resolves to this machine rejects every request (DNS rebinding)", async () => {
      if (program === undefined) return;
      const before = await state();
      const targets = [cloud.endpoint, openstack()].filter((url) => url !== "");
      for (const url of targets) {
        const rebound = `http://rebinding.test:${new URL(url).port}`;
        expect((await browser.open(`${rebound}/_gateway/health`)).status).toBe(403);
        const statuses = await browser.evaluate(`Promise.all([
          fetch("/_gateway/reset", { method: "POST" }),
          fetch("/_emulator/reset", { method: "POST" }),
          fetch("/_emulator/user-data"),
          fetch("/", { method: "POST", body: "Action=CreateVpc&CidrBlock=10.8.0.0/16", headers: {
            "content-type": "${FORM}", authorization: ${JSON.stringify(signatureFor({ service: "ec2", region: REGION }))} } }),
        ]).then((responses) => responses.map(({ status }) => status))`);
        expect(statuses).toEqual([403, 403, 403, 403]);
      }
      expect(await state()).toEqual(before);
    });

    test("is still usable: an address that is opened in the browser", async () => {
      if (program === undefined) return;
      const put = (path: string, headers = {}, body = "") =>
        aws("s3", path, { method: "PUT", headers: { "x-amz-acl": "public-read", ...headers }, body });
      const bucket = `<CreateBucketConfiguration><LocationConstraint>${REGION}</LocationConstraint></CreateBucketConfiguration>`;
      expect((await put("/pages", {}, bucket)).status).toBe(200);
      expect((await put("/pages/index.html", { "content-type": "text/html" }, "<h1>hello</h1>")).status).toBe(200);
      expect(await browser.open(`${cloud.endpoint}/pages/index.html`)).toMatchObject({ status: 200, text: "hello" });
    });
  });
});

/** Creates a CloudFront distribution that runs a function for each request, and returns its name. */
async function distributionWith(
  aws: (service: string, path: string, init: RequestInit) => Promise<Response>,
  code: string,
): Promise<string> {
  const namespace = 'xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"';
  const post = async (path: string, body: string, headers = {}) => {
    const response = await aws("cloudfront", `/2020-05-31/${path}`, { method: "POST", body, headers });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${text}`);
    return { text, etag: response.headers.get("etag") ?? "" };
  };
  const { etag } = await post(
    "function",
    `<CreateFunctionRequest ${namespace}><Name>escape</Name><FunctionConfig><Comment>a</Comment>
     <Runtime>cloudfront-js-2.0</Runtime></FunctionConfig>
     <FunctionCode>${Buffer.from(code).toString("base64")}</FunctionCode></CreateFunctionRequest>`,
  );
  await post("function/escape/publish", "", { "if-match": etag });
  const { text } = await post(
    "distribution",
    `<DistributionConfig ${namespace}><CallerReference>a</CallerReference><Comment/><Enabled>true</Enabled>
     <Origins><Quantity>1</Quantity><Items><Origin><Id>o</Id><DomainName>127.0.0.1</DomainName><CustomOriginConfig>
       <HTTPPort>1</HTTPPort><HTTPSPort>1</HTTPSPort><OriginProtocolPolicy>http-only</OriginProtocolPolicy>
     </CustomOriginConfig></Origin></Items></Origins>
     <DefaultCacheBehavior><TargetOriginId>o</TargetOriginId><ViewerProtocolPolicy>allow-all</ViewerProtocolPolicy>
       <CachePolicyId>4135ea2d-6df8-44a3-9df3-4b5a84be39ad</CachePolicyId>
       <FunctionAssociations><Quantity>1</Quantity><Items><FunctionAssociation>
         <FunctionARN>arn:aws:cloudfront::${ACCOUNT}:function/escape</FunctionARN><EventType>viewer-request</EventType>
       </FunctionAssociation></Items></FunctionAssociations></DefaultCacheBehavior></DistributionConfig>`,
  );
  return /<DomainName>([^<]+\.cloudfront\.net)</.exec(text)?.[1] ?? "";
}
