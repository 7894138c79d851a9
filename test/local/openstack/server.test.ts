import { NHN, STANDARD } from "@groundwork/local/openstack/account";
import { CONTROL } from "@groundwork/local/openstack/server";
import { ask, emulator } from "./support";
import { keyPair, vpc, vpcSubnet } from "./fixtures";

const cloud = emulator();

describe("the emulator", () => {
  test("says that it is well", async () => {
    expect((await ask("GET", cloud.origin + CONTROL.health)).body).toEqual({ clouds: ["nhn", "openstack"] });
  });

  test("refuses a call without a token in the words of the service", async () => {
    const network = await ask("GET", `${cloud.origin}${NHN.network}/v2.0/vpcs`);
    expect(network).toMatchObject({ status: 401, body: { NeutronError: { type: "Unauthorized" } } });
    const compute = await ask("GET", `${cloud.origin}${STANDARD.compute}/servers`);
    expect(compute).toMatchObject({ status: 401, body: { unauthorized: { code: 401 } } });
  });

  test("refuses a token of the other cloud", async () => {
    const headers = { "X-Auth-Token": cloud.openstack.token };
    expect((await ask("GET", `${cloud.origin}${NHN.network}/v2.0/vpcs`, undefined, headers)).status).toBe(401);
  });

  test("answers 404 for what a cloud does not have", async () => {
    expect((await cloud.nhn.post("network", "/v2.0/networks", { network: { name: "lab" } })).status).toBe(404);
    expect((await cloud.openstack.get("network", "/v2.0/vpcs")).status).toBe(404);
    expect((await ask("GET", `${cloud.origin}/elsewhere`)).status).toBe(404);
  });

  test("answers 404 for an id that nothing has", async () => {
    expect(await cloud.nhn.get("network", "/v2.0/vpcs/none")).toMatchObject({
      status: 404,
      body: { NeutronError: { type: "VPCNotFound" } },
    });
  });

  test("refuses a body in DELETE, as Neutron does", async () => {
    const { id } = await vpc(cloud.nhn);
    expect((await cloud.nhn.ask("network", "DELETE", `/v2.0/vpcs/${id}`, {})).status).toBe(400);
    expect((await cloud.nhn.delete("network", `/v2.0/vpcs/${id}`)).status).toBe(204);
  });

  test("refuses what is no JSON", async () => {
    expect((await cloud.nhn.post("network", "/v2.0/vpcs", "{")).status).toBe(400);
  });

  test("keeps the two clouds apart", async () => {
    await keyPair(cloud.nhn);
    expect(await cloud.openstack.list("compute", "/os-keypairs")).toEqual([]);
  });

  test("writes down in order what wanted to change something, refused or not", async () => {
    const { id } = await vpc(cloud.nhn);
    await vpcSubnet(cloud.nhn, id);
    await cloud.nhn.get("network", `/v2.0/vpcs/${id}`);
    await cloud.nhn.delete("network", `/v2.0/vpcs/${id}`);
    const { body } = await ask("GET", cloud.origin + CONTROL.journal);
    const about = { cloud: "nhn", kind: "VPC", name: "lab", refusal: "" };
    expect(body).toEqual({
      journal: [
        { ...about, method: "POST", path: "/v2.0/vpcs", status: 201 },
        { ...about, method: "POST", path: "/v2.0/vpcsubnets", status: 201, kind: "VPC subnet", name: "public" },
        { ...about, method: "DELETE", path: `/v2.0/vpcs/${id}`, status: 409, refusal: "VPCInUse" },
      ],
    });
  });

  test("tells what is left of what clients made, and nothing that the cloud made by itself", async () => {
    const { id } = await vpc(cloud.nhn);
    const { body } = await ask("GET", cloud.origin + CONTROL.objects);
    expect(body).toEqual({ nhn: [{ kind: "VPC", id, name: "lab" }], openstack: [] });
  });

  test("forgets everything when it is told to, tokens too", async () => {
    await vpc(cloud.nhn);
    expect((await ask("POST", cloud.origin + CONTROL.reset)).status).toBe(200);
    expect((await ask("GET", cloud.origin + CONTROL.journal)).body).toEqual({ journal: [] });
    expect((await ask("GET", cloud.origin + CONTROL.objects)).body).toEqual({ nhn: [], openstack: [] });
    expect((await cloud.nhn.get("network", "/v2.0/vpcs")).status).toBe(401);
  });
});
