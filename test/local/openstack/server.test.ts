import { NHN, STANDARD } from "@groundwork/local/openstack/account";
import { CONTROL } from "@groundwork/local/openstack/control";
import { keyPair, vpc, vpcSubnet } from "./fixtures";
import { sendRaw } from "../http/support";
import { emulator, request } from "./support";

const cloud = emulator();

describe("the emulator", () => {
  test("reports that it is ready", async () => {
    expect((await request("GET", cloud.origin + CONTROL.health)).body).toEqual({ clouds: ["nhn", "openstack"] });
  });

  test("rejects a call without a token with an error in the format of the service", async () => {
    const network = await request("GET", `${cloud.origin}${NHN.network}/v2.0/vpcs`);
    expect(network).toMatchObject({ status: 401, body: { NeutronError: { type: "Unauthorized" } } });
    const compute = await request("GET", `${cloud.origin}${STANDARD.compute}/servers`);
    expect(compute).toMatchObject({ status: 401, body: { unauthorized: { code: 401 } } });
  });

  test("rejects a token of the other cloud", async () => {
    const headers = { "X-Auth-Token": cloud.openstack.token };
    expect((await request("GET", `${cloud.origin}${NHN.network}/v2.0/vpcs`, undefined, headers)).status).toBe(401);
  });

  test("returns 404 for a path that a cloud does not have", async () => {
    expect((await cloud.nhn.post("network", "/v2.0/networks", { network: { name: "lab" } })).status).toBe(404);
    expect((await cloud.openstack.get("network", "/v2.0/vpcs")).status).toBe(404);
    expect((await request("GET", `${cloud.origin}/elsewhere`)).status).toBe(404);
    expect((await request("GET", `${cloud.origin}/_emulator/elsewhere`)).status).toBe(404);
  });

  test("returns 404 for an unknown id", async () => {
    expect(await cloud.nhn.get("network", "/v2.0/vpcs/none")).toMatchObject({
      status: 404,
      body: { NeutronError: { type: "VPCNotFound" } },
    });
  });

  test("rejects a body in DELETE, as Neutron does", async () => {
    const { id } = await vpc(cloud.nhn);
    expect((await cloud.nhn.request("network", "DELETE", `/v2.0/vpcs/${id}`, {})).status).toBe(400);
    expect((await cloud.nhn.delete("network", `/v2.0/vpcs/${id}`)).status).toBe(204);
  });

  test("rejects a body that is not JSON", async () => {
    expect((await cloud.nhn.post("network", "/v2.0/vpcs", "{")).status).toBe(400);
  });

  test("keeps the two clouds separate", async () => {
    await keyPair(cloud.nhn);
    expect(await cloud.openstack.list("compute", "/os-keypairs")).toEqual([]);
  });

  test("logs every request that tried to change something, in order, failed ones too", async () => {
    const { id } = await vpc(cloud.nhn);
    await vpcSubnet(cloud.nhn, id);
    await cloud.nhn.get("network", `/v2.0/vpcs/${id}`);
    await cloud.nhn.delete("network", `/v2.0/vpcs/${id}`);
    const { body } = await request("GET", cloud.origin + CONTROL.requests);
    const about = { cloud: "nhn", kind: "VPC", name: "lab", error: "" };
    expect(body).toEqual({
      requests: [
        { ...about, method: "POST", path: "/v2.0/vpcs", status: 201 },
        { ...about, method: "POST", path: "/v2.0/vpcsubnets", status: 201, kind: "VPC subnet", name: "public" },
        { ...about, method: "DELETE", path: `/v2.0/vpcs/${id}`, status: 409, error: "VPCInUse" },
      ],
    });
  });

  test("lists the objects that clients created and did not delete, without those of the cloud itself", async () => {
    const { id } = await vpc(cloud.nhn);
    const { body } = await request("GET", cloud.origin + CONTROL.objects);
    expect(body).toEqual({ nhn: [{ kind: "VPC", id, name: "lab" }], openstack: [] });
  });

  test("removes everything on reset, tokens too", async () => {
    await vpc(cloud.nhn);
    expect((await request("POST", cloud.origin + CONTROL.reset)).status).toBe(200);
    expect((await request("GET", cloud.origin + CONTROL.requests)).body).toEqual({ requests: [] });
    expect((await request("GET", cloud.origin + CONTROL.objects)).body).toEqual({ nhn: [], openstack: [] });
    expect((await cloud.nhn.get("network", "/v2.0/vpcs")).status).toBe(401);
  });

  test.each([
    ["a page of another origin", { Origin: "http://example.com" }],
    ["a form of a page that hides its origin", { Origin: "null", "Content-Type": "text/plain" }],
    ["an image of another page", { "Sec-Fetch-Site": "cross-site" }],
    ["a page of another server of this machine", { Origin: "http://127.0.0.1:1" }],
  ])("rejects requests of %s, and changes nothing", async (_name, headers) => {
    const { id } = await vpc(cloud.nhn);
    for (const path of [CONTROL.reset, CONTROL.quota, `${NHN.identity}/tokens`, CONTROL.userData, CONTROL.objects]) {
      expect((await request("POST", cloud.origin + path, "{}", headers)).status).toBe(403);
      if (!("Content-Type" in headers))
        expect((await request("GET", cloud.origin + path, undefined, headers)).status).toBe(403);
    }
    expect((await cloud.nhn.get("network", `/v2.0/vpcs/${id}`)).status).toBe(200);
  });

  test("rejects requests to a name that resolves to this machine", async () => {
    const { port } = new URL(cloud.origin);
    const lines = [`POST ${CONTROL.reset} HTTP/1.1`, `Host: rebinding.example:${port}`, "Connection: close"];
    expect((await sendRaw(Number(port), lines)).status).toBe(403);
    expect((await cloud.nhn.get("network", "/v2.0/vpcs")).status).toBe(200);
  });

  test("rejects bodies of more than 1 MiB with or without a token", async () => {
    const body = "a".repeat(1024 * 1024 + 1);
    expect((await cloud.nhn.post("network", "/v2.0/vpcs", body)).status).toBe(413);
    expect((await request("POST", cloud.origin + CONTROL.quota, body)).status).toBe(413);
    expect((await cloud.nhn.get("network", "/v2.0/vpcs")).status).toBe(200);
  });
});
