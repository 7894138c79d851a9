import { jsonOf, objectOf } from "@groundwork/local/aws/gateway/answer";
import type { JsonObject } from "@groundwork/local/aws/gateway/answer";
import type { Answer, Forward } from "@groundwork/local/aws/gateway/call";
import { through } from "@groundwork/local/aws/gateway/rule";
import { makeRules } from "@groundwork/local/aws/gateway/rules";
import { callTo } from "../support";

describe("rules for EKS", () => {
  test("keep a cluster's upgrade policy and access settings, and give it an https issuer", async () => {
    const eks = gateway({
      cluster: { name: "demo", identity: { oidc: { issuer: "http://127.0.0.1:1/oidc/id/ABC" } } },
    });
    await eks("POST", "/clusters", {
      name: "demo",
      upgradePolicy: { supportType: "STANDARD" },
      accessConfig: { authenticationMode: "API" },
    });
    expect(objectOf((await eks("GET", "/clusters/demo"))["cluster"])).toMatchObject({
      upgradePolicy: { supportType: "STANDARD" },
      accessConfig: { authenticationMode: "API" },
      identity: { oidc: { issuer: "https://oidc.eks.ap-northeast-2.amazonaws.com/id/ABC" } },
    });
  });

  test("show a cluster's updates at once", async () => {
    const eks = gateway({ cluster: { name: "demo", version: "1.32" } });
    await eks("POST", "/clusters", { name: "demo" });
    const { id, status } = objectOf((await eks("POST", "/clusters/demo/updates", { version: "1.33" }))["update"]);
    expect(status).toBe("Successful");
    expect(objectOf((await eks("GET", `/clusters/demo/updates/${String(id)}`))["update"])).toMatchObject({
      id,
      status: "Successful",
    });
    expect(objectOf((await eks("GET", "/clusters/demo"))["cluster"])["version"]).toBe("1.33");
  });

  test("keep a node group's launch template and show no disk size beside it", async () => {
    const eks = gateway({
      nodegroup: {
        nodegroupName: "general",
        version: "1.33",
        diskSize: 20,
        resources: { remoteAccessSecurityGroup: "sg" },
      },
    });
    await eks("POST", "/clusters/demo/node-groups", {
      nodegroupName: "general",
      launchTemplate: { id: "lt-1", version: "2" },
    });
    const group = objectOf((await eks("GET", "/clusters/demo/node-groups/general"))["nodegroup"]);
    expect(group).toMatchObject({
      launchTemplate: { id: "lt-1", version: "2" },
      updateConfig: { maxUnavailable: 1 },
      resources: {},
    });
    expect(group["diskSize"]).toBeUndefined();
    expect(objectOf(group["resources"])["remoteAccessSecurityGroup"]).toBeUndefined();
  });

  test("take a label and a taint away from a node group and leave the others", async () => {
    const eks = gateway({ nodegroup: { nodegroupName: "general", labels: { a: "1", b: "2" } } });
    const taint = (key: string) => ({ key, value: "x", effect: "NO_SCHEDULE" });
    await eks("POST", "/clusters/demo/node-groups", {
      nodegroupName: "general",
      labels: { a: "1", b: "2" },
      taints: [taint("a"), taint("b")],
    });
    await eks("POST", "/clusters/demo/node-groups/general/update-config", {
      labels: { removeLabels: ["a"], addOrUpdateLabels: { c: "3" } },
      taints: { removeTaints: [taint("a")] },
    });
    const group = objectOf((await eks("GET", "/clusters/demo/node-groups/general"))["nodegroup"]);
    expect(group["labels"]).toEqual({ b: "2", c: "3" });
    expect(group["taints"]).toEqual([taint("b")]);
  });

  test("forget a cluster when it is deleted", async () => {
    const eks = gateway({ cluster: { name: "demo" } });
    await eks("POST", "/clusters", { name: "demo", upgradePolicy: { supportType: "STANDARD" } });
    await eks("DELETE", "/clusters/demo");
    expect(objectOf((await eks("GET", "/clusters/demo"))["cluster"])["upgradePolicy"]).toBeUndefined();
  });
});

/** All rules before an emulator that answers everything with one document. */
function gateway(answer: JsonObject): (method: string, url: string, body?: JsonObject) => Promise<JsonObject> {
  const emulator: Forward = () =>
    Promise.resolve<Answer>({ status: 200, headers: {}, body: Buffer.from(JSON.stringify(answer)) });
  const forward = through(makeRules(), emulator);
  return async (method, url, body) =>
    jsonOf(
      await forward(callTo("eks", { method, url, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })),
    );
}
