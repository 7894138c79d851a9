import { lab } from "@groundwork/stacks/environments/lab";
import { Project } from "./support/project";
import { expectApplied, expectDestroyed } from "./support/round-trip";
import { counted, openstackStack } from "./support/stacks";

interface Server {
  readonly name: string;
  readonly status: string;
  readonly key_name: string;
  readonly addresses: Readonly<Record<string, readonly { readonly addr: string }[]>>;
}

interface Rule {
  readonly remote_ip_prefix: string | null;
  readonly port_range_min: number | null;
}

describe("lab-openstack on a real OpenStack, in a project with the quotas of a new one", () => {
  let project: Project;

  beforeAll(async () => {
    project = await Project.create({ name: "lab" });
  });

  afterAll(() => {
    project.close();
  });

  test("is created; a second plan is empty", async () => {
    const { terraform } = await project.synthesize(openstackStack(lab, project));
    const { done } = await expectApplied(terraform);
    expect(done.filter(({ action }) => action === "create")).toHaveLength(85);
  });

  test("has five active machines with the planned addresses and the sample key", async () => {
    const servers = await project.api.list<Server>("compute", "/servers/detail");
    const addresses = servers.map(({ name, status, key_name: key, addresses: networks }) => {
      const [first] = Object.values(networks)
        .flat()
        .map(({ addr }) => addr)
        .filter((addr) => addr.startsWith("192.168.7."));
      return [name, status, key, first];
    });
    expect(addresses.sort()).toEqual([
      ["lab-cluster1", "ACTIVE", "lab-operators", "192.168.7.10"],
      ["lab-nfs1", "ACTIVE", "lab-operators", "192.168.7.19"],
      ["lab-worker1", "ACTIVE", "lab-operators", "192.168.7.20"],
      ["lab-worker2", "ACTIVE", "lab-operators", "192.168.7.21"],
      ["lab-worker3", "ACTIVE", "lab-operators", "192.168.7.22"],
    ]);
  });

  test("uses as much of each quota as ProjectQuota counts and the documentation states", async () => {
    const { stack } = await project.synthesize(openstackStack(lab, project));
    const usage = await project.usage();
    expect(usage).toEqual(counted(stack));
    expect(usage).toMatchObject({ securityGroups: 8, securityGroupRules: 56, vCpus: 10, memory: 40_960, volumes: 5 });
  });

  test("gets another worker and another administrator without replacing a machine", async () => {
    const { terraform, types, stack } = await project.synthesize(
      openstackStack(lab, project, ({ network, platform, ...section }) => ({
        ...section,
        network: { ...network, administrators: ["203.0.113.0/24", "198.51.100.7/32"] },
        platform: { ...platform, workers: 4 },
      })),
    );
    const { done } = await expectApplied(terraform);
    expect(done.filter(({ action }) => action === "delete")).toEqual([]);
    expect(await project.usage()).toEqual(counted(stack));
    const rules = await project.api.list<Rule>("network", "/v2.0/security-group-rules");
    const administrators = rules.filter(
      ({ port_range_min: port, remote_ip_prefix: block }) => port === 22 && block === "198.51.100.7/32",
    );
    expect(administrators.length).toBeGreaterThan(0);
    await expectDestroyed(project, terraform, "lab-openstack", types);
  });
});
