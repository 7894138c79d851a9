import { CREDENTIALS } from "@groundwork/local/openstack/account";
import { emulator } from "../../support";
import { router, network } from "../../fixtures";

const cloud = emulator();

describe("quotas", () => {
  test("can be read", async () => {
    const { body } = await cloud.openstack.get("network", `/v2.0/quotas/${CREDENTIALS.tenantId}`);
    expect(body).toMatchObject({ quota: { router: 10, floatingip: 50, security_group: 10 } });
  });

  test("count present objects, not deleted ones", async () => {
    const create = () => cloud.openstack.post("network", "/v2.0/routers", { router: {} });
    const id = await router(cloud.openstack, (await network(cloud.openstack)).subnet);
    for (let n = 1; n < 10; n += 1) expect((await create()).status).toBe(201);
    expect((await create()).status).toBe(409);
    const [last] = (await cloud.openstack.list("network", "/v2.0/routers")).slice(-1);
    await cloud.openstack.delete("network", `/v2.0/routers/${last?.id ?? ""}`);
    expect((await create()).status).toBe(201);
    expect(id).not.toBe(last?.id);
  });
});
