import { CID002, PLN001, PLN002, DIM001 } from "@groundwork/constructs/core/rules";
import { ADD006, ADD008 } from "@groundwork/constructs/aws/eks/addons/rules";
import { EKS001, EKS011 } from "@groundwork/constructs/aws/eks/rules";
import { BOO004 } from "@groundwork/constructs/boot/rules";
import { KPS012, KPS014, KPS022, KPS030 } from "@groundwork/constructs/kpaas/rules";
import { AWS001, AWS002 } from "@groundwork/constructs/aws/rules";
import { readEnvironment } from "@groundwork/stacks/environments/environment";
import { lab } from "@groundwork/stacks/environments/lab";
import { ENV001, ENV002, ENV003 } from "@groundwork/stacks/rules";

/** The lab with one changed value; `undefined` removes the key. */
function labWith(path: string, value: unknown): unknown {
  const data = JSON.parse(JSON.stringify(lab)) as Record<string, unknown>;
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  const parent = keys.reduce((at, key) => at[key] as Record<string, unknown>, data);
  parent[last] = value;
  return JSON.parse(JSON.stringify(data));
}

const reading = (data: unknown) => () => readEnvironment("environments/lab.ts", data);

describe("readEnvironment", () => {
  test("lets the autoscaler set the number of nodes, or the code for an apply that moves the bounds", () => {
    const scalingOf = (data: unknown) => readEnvironment("environments/lab.ts", data).eks?.nodes.scaling;
    expect(scalingOf(lab)).toMatchObject({ min: 3, desired: 3, max: 5, isAutoscaled: true });
    expect(scalingOf(labWith("eks.nodes.scaledBy", "code"))).toMatchObject({ min: 3, desired: 3, isAutoscaled: false });
    expect(reading(labWith("eks.nodes.scaledBy", "no-one"))).toViolate(ENV002, /eks\.nodes\.scaledBy/);
  });

  test("decodes a file", () => {
    const environment = readEnvironment("environments/lab.ts", lab);
    expect(environment.eks?.network.cidr.toString()).toBe("10.0.0.0/16");
    expect(environment.eks?.network.zones.letters).toEqual(["a", "b", "c"]);
  });

  test("rejects an unknown key and reports its position", () => {
    expect(reading(labWith("eks.network.nats", "single"))).toViolate(
      ENV001,
      /at environments\/lab\.ts: eks\.network\.nats/,
    );
    expect(reading(labWith("ekss", {}))).toViolate(ENV001, /ekss/);
  });

  test("rejects a value of the wrong type and a missing value", () => {
    expect(reading(labWith("eks.network.nat", "two"))).toViolate(ENV002, /eks\.network\.nat: "two", \("per-zone"/);
    expect(reading(labWith("eks.clusterName", undefined))).toViolate(ENV002, /eks\.clusterName/);
    expect(reading(labWith("aws.account", "12345"))).toViolate(ENV002, /twelve digits|caller/);
    expect(reading("lab")).toViolate(ENV002, /the whole file/);
  });

  test("rejects values that violate a rule of their value type", () => {
    expect(reading(labWith("eks.network.cidr", "10.0.0.1/16"))).toViolate(
      CID002,
      /at environments\/lab\.ts: eks\.network\.cidr/,
    );
    expect(reading(labWith("eks.network.region", "ap-northeast-22"))).toViolate(AWS001);
    expect(reading(labWith("eks.network.zones", ["a", "e"]))).toViolate(AWS002, /eks\.network/);
    expect(reading(labWith("eks.network.flowLogRetentionDays", 0))).toViolate(DIM001);
  });

  test.each([
    ["workers", 0, ENV002, /one or more/],
    ["workers", 3.5, ENV002, /whole number/],
    ["rootDisk.gibibytes", 50.5, ENV002, /whole number/],
    ["keyPair.publicKey", "hello", BOO004, /5 characters/],
    ["controlPlane", { type: "single", clients: [] }, ENV002, /list the clients/],
    ["controlPlane", { type: "single", clients: ["203.0.113.5/24"] }, CID002, /host bits/],
    ["controlPlane.sampleWorkload.nodePort", 31_080, KPS030, /which the ingress uses/],
    [
      "controlPlane",
      { type: "highly-available", nodes: 3, apiAddress: "api", bastionFlavor: "m2.c1m2" },
      KPS022,
      /"api"/,
    ],
    ["controlPlane.nodes", 3, ENV001, /nothing reads this key/],
    ["network.privateCidr", "10.233.64.0/24", KPS014, /10\.233\.0\.0\/17/],
    ["serviceAddresses", "192.168.7.160-192.168.7.150", KPS012, /descending/],
  ] as const)("rejects %s %j of a platform and reports its position", (key, value, rule, words) => {
    const [first] = key.split(".");
    expect(reading(labWith(`nhn.platform.${key}`, value))).toViolate(rule, words);
    expect(reading(labWith(`nhn.platform.${key}`, value))).toThrow(`environments/lab.ts: nhn.platform.${first}`);
  });

  test.each([
    ["Web", /the stack uses this id itself/],
    ["Cluster", /the stack uses this id itself/],
    ["Namespace", /the stack uses this id itself/],
    ["FlaskBackendAutoscaler", /the stack uses this id itself/],
    ["FlaskBackendImages", /the stack uses this id itself/],
    ["frontend", /write a noun/],
  ])("rejects the id %s of a service", (id, message) => {
    const { Frontend } = lab.eks.workloads.services;
    expect(reading(labWith("eks.workloads.services", { [id]: Frontend }))).toViolate(ENV002, message);
  });

  test("rejects shutdown times and delays that violate a rule, and readiness gates without a namespace", () => {
    const service = "eks.workloads.services.Frontend";
    const shutdown = { drainSeconds: 0, finishSeconds: 30 };
    expect(reading(labWith(`${service}.shutdown`, shutdown))).toViolate(DIM001, /Frontend\.shutdown/);
    expect(reading(labWith(`${service}.ingress.deregistrationDelaySeconds`, 1.5))).toViolate(DIM001);
    expect(reading(labWith("eks.workloads.readinessGates", true))).toViolate(ENV002, /set namespace/);
  });

  test("rejects values of the cluster that violate a rule of their value type", () => {
    expect(reading(labWith("eks.cluster.version", "1.32"))).toViolate(
      EKS001,
      /at environments\/lab\.ts: eks\.cluster\.version/,
    );
    expect(reading(labWith("eks.cluster.endpoint", { type: "private-and", from: ["10.0.0.1/8"] }))).toViolate(CID002);
    expect(reading(labWith("eks.cluster.endpoint", { type: "public" }))).toViolate(ENV002, /eks\.cluster\.endpoint/);
    expect(reading(labWith("eks.cluster.addonVersions", { corends: "v1.2.3-eksbuild.1" }))).toViolate(
      ENV001,
      /corends/,
    );
    expect(reading(labWith("eks.cluster.addonVersions", { coredns: "1.2.3" }))).toViolate(ADD006);
    expect(reading(labWith("eks.nodes.max", 2))).toViolate(EKS011, /eks\.nodes/);
    expect(reading(labWith("eks.repositories", { flask: {} }))).toViolate(ENV002, /noun/);
    expect(reading(labWith("eks.addons.loadBalancerController.release", "v2.12.0"))).toViolate(ADD008);
  });

  test("rejects an address plan that does not fit, before any stack is created", () => {
    expect(reading(labWith("eks.network.tiers", [{ kind: "public", mask: 19 }]))).toViolate(
      PLN001,
      /eks\.network: tier "public" needs/,
    );
    expect(reading(labWith("eks.network.tiers", [{ kind: "public" }, { kind: "isolated", slot: "1/8" }]))).toViolate(
      PLN002,
    );
  });

  test("reports all mistakes at once", () => {
    const data = labWith("eks.network.cidr", "10.0.0.1/16") as { eks: { clusterName: unknown }; extra: unknown };
    data.eks.clusterName = 3;
    data.extra = true;
    for (const rule of [CID002, ENV001, ENV002]) expect(reading(data)).toViolate(rule);
  });

  test.each([
    ["an access key id", "eks.clusterName", ["AKIA", "IOSFODNN7EXAMPLE"].join("")],
    ["a private key", "eks.clusterName", ["-----BEGIN RSA", "PRIVATE KEY-----"].join(" ")],
    ["a token", "eks.clusterName", ["glpat", "abcdefghij0123456789"].join("-")],
    ["a secret access key", "eks.clusterName", ["wJalrXUtnFEMI/K7MDENG", "bPxRfiCYEXAMPLEKEYa"].join("")],
    ["a password in a URL", "site.bucketName", "https://root:hunter2@example.com"],
    ["a password by its key", "site.adminPassword", "hunter2"],
  ])("rejects %s and does not repeat it", (_, path, secret) => {
    const read = reading(labWith(path, secret));
    expect(read).toViolate(ENV003, new RegExp(path.replace(".", "\\.")));
    const words = (() => {
      try {
        read();
        return "";
      } catch (error) {
        return String(error)
          .split("\n")
          .filter((line) => line.includes("ENV003"))
          .join();
      }
    })();
    expect(words).not.toContain(secret);
  });
});
