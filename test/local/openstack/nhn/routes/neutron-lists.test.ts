import { emulator } from "../../support";
import { port, publicSubnet } from "../../fixtures";

const cloud = emulator();

describe("Neutron's API on NHN Cloud", () => {
  test("lists networks and subnets, but does not return them by id", async () => {
    const { vpc, subnet } = await publicSubnet(cloud.nhn);
    expect(await cloud.nhn.list("network", `/v2.0/networks?id=${vpc}&status=ACTIVE`)).toMatchObject([
      { subnets: [subnet] },
    ]);
    expect((await cloud.nhn.get("network", `/v2.0/networks/${vpc}`)).status).toBe(404);
    expect((await cloud.nhn.get("network", `/v2.0/subnets/${subnet}`)).status).toBe(404);
  });

  test("lists the ports of a security group", async () => {
    const { vpc } = await publicSubnet(cloud.nhn);
    const { id, security_groups } = await port(cloud.nhn, vpc);
    const [group] = security_groups as readonly string[];
    expect(
      await cloud.nhn.list("network", `/v2.0/security-group-ports?security_group_id=${group ?? ""}`),
    ).toMatchObject([{ id }]);
  });

  test("has no routers", async () => {
    expect((await cloud.nhn.get("network", "/v2.0/routers")).status).toBe(404);
  });
});
