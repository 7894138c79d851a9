import { NHN, STANDARD } from "@groundwork/local/openstack/account";
import { CONTROL } from "@groundwork/local/openstack/control";
import { keyPair, vpc, vpcSubnet } from "./fixtures";
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
});
