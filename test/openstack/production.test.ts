import { PRODUCTION_QUOTAS } from "../support/production-quotas";
import { production } from "../support/environments/production";
import { Project } from "./support/project";
import { expectApplied, expectDestroyed } from "./support/round-trip";
import { counted, openstackStack } from "./support/stacks";

interface Balancer {
  readonly name: string;
  readonly provisioning_status: string;
  readonly operating_status: string;
  readonly vip_address: string;
}

interface Port {
  readonly device_owner: string;
  readonly allowed_address_pairs: readonly { readonly ip_address: string }[];
}

describe("production-openstack on a real OpenStack, with the role and the quotas that the documentation lists", () => {
  let project: Project;

  beforeAll(async () => {
    project = await Project.create({ name: "production", loadBalancers: true, quotas: PRODUCTION_QUOTAS });
  });

  afterAll(() => {
    project.close();
  });

  test("is created; a second plan is empty", async () => {
    const { terraform } = await project.synthesize(openstackStack(production, project));
    const { done } = await expectApplied(terraform);
    expect(done.filter(({ action }) => action === "create")).toHaveLength(96);
  });

  test("has load balancers that are online, and control planes on different hosts", async () => {
    const balancers = await project.api.list<Balancer>("load-balancer", "/v2.0/lbaas/loadbalancers");
    expect(balancers.map((each) => [each.provisioning_status, each.operating_status])).toEqual([
      ["ACTIVE", "ONLINE"],
      ["ACTIVE", "ONLINE"],
    ]);
    expect(balancers.map(({ vip_address: address }) => address)).toContain("10.40.0.5");
    const groups = await project.api.list<{ members: readonly string[] }>("compute", "/os-server-groups");
    expect(groups.map(({ members }) => members.length)).toEqual([3]);
  });

  test("allows the addresses of MetalLB at every node", async () => {
    const ports = await project.api.list<Port>("network", "/v2.0/ports");
    const pairs = ports.flatMap(({ allowed_address_pairs: allowed }) => allowed.map(({ ip_address: block }) => block));
    expect(pairs).toEqual(Array.from({ length: 6 }, () => "10.40.1.0/26"));
  });

  test("uses as much of each quota as ProjectQuota counts", async () => {
    const { stack, terraform, types } = await project.synthesize(openstackStack(production, project));
    expect(await project.usage()).toEqual(counted(stack));
    await expectDestroyed(project, terraform, "production-openstack", types);
  });
});
