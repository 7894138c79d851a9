import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SecurityGroupRules } from "@groundwork/cli/demo/security-group-rules";
import { openstackConnection } from "@groundwork/local/openstack/connection";
import { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { emulator } from "../../local/openstack/support";

const GROUP = "openstack_networking_secgroup_v2";
const RULE = "openstack_networking_secgroup_rule_v2";

const cloud = emulator();

describe("the security group rules of a stack that is destroyed", () => {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-rules-"));
  writeFileSync(
    join(directory, "cdk.tf.json"),
    JSON.stringify({ resource: { [GROUP]: { Nodes: { name: "nodes" } } } }),
  );
  const stack = new SynthesizedStack("local-openstack", directory);

  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  const createGroup = async (name: string): Promise<string> => {
    const created = await cloud.openstack.post("network", "/v2.0/security-groups", { security_group: { name } });
    const { id } = (created.body as { readonly security_group: { readonly id: string } }).security_group;
    const rule = { security_group_id: id, direction: "ingress", ethertype: "IPv4", protocol: "tcp" };
    for (const port of [22, 443]) {
      const range = { port_range_min: port, port_range_max: port };
      const response = await cloud.openstack.post("network", "/v2.0/security-group-rules", {
        security_group_rule: { ...rule, ...range },
      });
      expect(response.status).toBe(201);
    }
    return id;
  };
  const ingressRules = async (group: string): Promise<number> => {
    const { body } = await cloud.openstack.get("network", "/v2.0/security-group-rules");
    const rules = (body as { readonly security_group_rules: readonly Readonly<Record<string, unknown>>[] })
      .security_group_rules;
    return rules.filter((rule) => rule["security_group_id"] === group && rule["direction"] === "ingress").length;
  };
  const rules = async () =>
    new SecurityGroupRules(await openstackConnection(Number(new URL(cloud.origin).port)), [stack]);

  test("are deleted when Terraform begins to destroy the first; those of other groups remain", async () => {
    const [own, other] = [await createGroup("nodes"), await createGroup("others")];
    const deletion = await rules();
    deletion.read({ stack: stack.id, type: RULE, path: "Firewall/ssh", action: "Destroying" });
    await deletion.finished();
    expect([await ingressRules(own), await ingressRules(other)]).toEqual([0, 2]);
  });

  test("remain while other resources, or those of other stacks, are destroyed", async () => {
    const group = await createGroup("nodes");
    const deletion = await rules();
    deletion.read({ stack: stack.id, type: GROUP, path: "Firewall", action: "Destroying" });
    deletion.read({ stack: "local-nhn", type: RULE, path: "Firewall/ssh", action: "Destroying" });
    deletion.read({ stack: stack.id, type: RULE, path: "Firewall/ssh", action: "Creation" });
    await deletion.finished();
    expect(await ingressRules(group)).toBe(2);
  });
});
