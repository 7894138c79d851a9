/** Addresses of the parts of a local cloud; empty if a part does not run. */
export interface Targets {
  readonly gateway: string;
  readonly openstack: string;
  readonly kubernetes: string | undefined;
}

/** A page whose function `attack` sends every kind of request that a web page can send, and returns the result of each. */
export function attackingPage(targets: Targets): string {
  return `<!doctype html><title>page</title><script>
const targets = ${JSON.stringify(targets)};
${SCRIPT}
</script>`;
}

const SCRIPT = String.raw`
const results = {};
const until = (ms) => new Promise((resolve) => setTimeout(() => resolve("sent"), ms));

async function attempt(name, send) {
  try {
    const outcome = await Promise.race([send(), until(4000)]);
    results[name] = outcome instanceof Response ? (outcome.type === "opaque" ? "opaque" : "read " + outcome.status) : String(outcome ?? "sent");
  } catch {
    results[name] = "failed";
  }
}

const scope = (service) => "AWS4-HMAC-SHA256 Credential=test/20260101/ap-northeast-2/" + service + "/aws4_request, SignedHeaders=host, Signature=0";
const signed = (service) => "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0&X-Amz-Credential=" + encodeURIComponent("test/20260101/ap-northeast-2/" + service + "/aws4_request");
const createVpc = "Action=CreateVpc&Version=2016-11-15&CidrBlock=10.7.0.0/16";

/** Path and body of the requests to each part. */
const REQUESTS = {
  gateway: [
    ["/", createVpc],
    ["/?" + createVpc + "&" + signed("ec2"), ""],
    ["/bucket?" + signed("s3"), "a"],
    ["/_gateway/reset", ""],
    ["/_gateway/faults", '{"probability":0,"kinds":[]}'],
    ["/moto-api/reset", ""],
    ["/_ministack/reset", ""],
    ["/2015-03-31/functions", "{}"],
    ["/lambda_us-east-1/2015-03-31/functions", "{}"],
  ],
  openstack: [
    ["/_emulator/reset", ""],
    ["/_emulator/quota", '{"instances":0}'],
    ["/nhn/identity/v2.0/tokens", "{}"],
  ],
  kubernetes: [["/api/v1/namespaces", "{}"]],
};

function submitted(url, type, body) {
  return new Promise((resolve) => {
    const frame = document.createElement("iframe");
    frame.name = "frame" + Math.random();
    document.body.append(frame);
    const form = Object.assign(document.createElement("form"), { action: url, method: "POST", enctype: type, target: frame.name });
    for (const [name, value] of new URLSearchParams(body || "a=b")) form.append(Object.assign(document.createElement("input"), { name, value }));
    document.body.append(form);
    frame.onload = () => resolve("sent");
    form.submit();
  });
}

function loaded(tag, property, url) {
  return new Promise((resolve) => {
    const element = document.createElement(tag);
    element.onload = element.onerror = () => resolve("sent");
    element[property] = url;
    document.body.append(element);
  });
}

async function attack() {
  for (const [part, origin] of Object.entries(targets)) {
    if (!origin) continue;
    await Promise.all(REQUESTS[part].flatMap(([path, body]) => {
      const url = origin + path;
      const of = (kind) => kind + " " + part + " " + path;
      return [
        ...["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"].flatMap((type) => [
          attempt(of("simple " + type), () => fetch(url, { method: "POST", mode: "no-cors", body, headers: { "content-type": type } })),
          attempt(of("form " + type), () => submitted(url, type, body)),
        ]),
        attempt(of("hidden origin"), () => fetch(url, { method: "POST", mode: "no-cors", body, referrerPolicy: "no-referrer" })),
        attempt(of("readable"), () => fetch(url, { method: "POST", body })),
        attempt(of("read"), () => fetch(url)),
        attempt(of("signed"), () => fetch(url, { method: "POST", body, headers: { authorization: scope("ec2"), "content-type": "application/x-www-form-urlencoded" } })),
        attempt(of("put"), () => fetch(url, { method: "PUT", body })),
        attempt(of("delete"), () => fetch(url, { method: "DELETE" })),
        attempt(of("token"), () => fetch(url, { method: "POST", body, headers: { "x-auth-token": "a" } })),
        attempt(of("beacon"), () => navigator.sendBeacon(url, body) && "sent"),
        attempt(of("image"), () => loaded("img", "src", url)),
        attempt(of("script"), () => loaded("script", "src", url)),
        attempt(of("frame"), () => loaded("iframe", "src", url)),
        attempt(of("style"), () => loaded("link", "href", url)),
        attempt(of("socket"), () => new Promise((resolve, reject) => {
          const socket = new WebSocket(url.replace(/^http/, "ws"));
          socket.onopen = () => resolve("opened");
          socket.onerror = reject;
        })),
      ];
    }));
  }
  return results;
}
`;
