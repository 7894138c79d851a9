import { defined } from "@groundwork/constructs/core/defined";
import { type JsonObject, jsonOf, objectOf } from "@groundwork/local/aws/gateway/response";
import type { GatewayResponse, Forward } from "@groundwork/local/aws/gateway/call";
import { through } from "@groundwork/local/aws/gateway/rule";
import { createRules } from "@groundwork/local/aws/gateway/rules";
import { callTo } from "../support";

describe("rules for EKS", () => {
  test("keep a cluster's upgrade policy and access settings, and return an https issuer", async () => {
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

  test("complete a cluster's updates immediately", async () => {
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

  test("keep a node group's launch template and return no disk size with it", async () => {
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

  test("remove one label and one taint of a node group and keep the others", async () => {
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

  test("reject bounds of a node group that exclude its desired number, as EKS does", async () => {
    const eks = gateway({ nodegroup: { nodegroupName: "general" } });
    const group = "/clusters/demo/node-groups";
    const create = (scalingConfig: JsonObject) => eks("POST", group, { nodegroupName: "general", scalingConfig });
    const update = (scalingConfig: JsonObject) => eks("POST", `${group}/general/update-config`, { scalingConfig });
    const message = /Minimum capacity 4 can't be greater than desired size 3/;
    expect(await create({ minSize: 4, desiredSize: 3, maxSize: 5 })).toMatchObject({
      __type: "InvalidParameterException",
      message: expect.stringMatching(message) as string,
    });
    expect(await create({ minSize: 3, desiredSize: 3, maxSize: 5 })).not.toHaveProperty("message");
    expect(await update({ minSize: 4 })).toMatchObject({ message: expect.stringMatching(message) as string });
    expect(await update({ minSize: 4, maxSize: 5, desiredSize: 3 })).toHaveProperty("message");
    expect(await update({ maxSize: 2, minSize: 1 })).toMatchObject({
      message: expect.stringMatching(/greater than max size 2/) as string,
    });
    expect(await update({ minSize: 4, desiredSize: 4 })).not.toHaveProperty("message");
    expect(objectOf((await eks("GET", `${group}/general`))["nodegroup"])["scalingConfig"]).toEqual({
      minSize: 4,
      desiredSize: 4,
      maxSize: 5,
    });
  });

  test("delete a cluster's settings with the cluster", async () => {
    const eks = gateway({ cluster: { name: "demo" } });
    await eks("POST", "/clusters", { name: "demo", upgradePolicy: { supportType: "STANDARD" } });
    await eks("DELETE", "/clusters/demo");
    expect(objectOf((await eks("GET", "/clusters/demo"))["cluster"])["upgradePolicy"]).toBeUndefined();
  });
});

/** All rules in front of an emulator that returns the same document for every call. */
function gateway(response: JsonObject): (method: string, url: string, body?: JsonObject) => Promise<JsonObject> {
  const emulator: Forward = () =>
    Promise.resolve<GatewayResponse>({ status: 200, headers: {}, body: Buffer.from(JSON.stringify(response)) });
  const forward = through(createRules(), emulator);
  return async (method, url, body) =>
    jsonOf(await forward(callTo("eks", { method, url, ...defined({ body: body && JSON.stringify(body) }) })));
}
