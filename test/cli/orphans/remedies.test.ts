import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CloudObject } from "@groundwork/cli/orphans/cloud-object";
import { importBlocks, remedies } from "@groundwork/cli/orphans/remedies";
import { report } from "@groundwork/cli/orphans/report";
import { KnownObjects } from "@groundwork/cli/orphans/state";
import { parseArn } from "@groundwork/cli/orphans/tagged-objects";
import { defined } from "@groundwork/constructs/core/defined";
import { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";

const directory = mkdtempSync(join(tmpdir(), "groundwork-orphans-"));
writeFileSync(
  join(directory, "cdk.tf.json"),
  JSON.stringify({
    terraform: { backend: { local: { path: "state" } } },
    resource: {
      aws_cloudwatch_log_group: { Logs: { name: "/lab/logs" } },
      aws_s3_bucket: { Site: { bucket: "site-${data.aws_caller_identity.Caller.account_id}" } },
      aws_eip: { A: { tags: { Name: "lab-eks-nat-a" } } },
      aws_default_security_group: { Default: { tags: { Name: "lab-eks-unused" } } },
      aws_eks_cluster: { Cluster: { name: "demo" } },
      aws_eks_addon: { Dns: { cluster_name: "${aws_eks_cluster.Cluster.name}", addon_name: "coredns" } },
      aws_eks_node_group: { Nodes: { cluster_name: "demo", node_group_name: "nodes" } },
      aws_eks_access_entry: { Platform: { cluster_name: "demo", principal_arn: "arn:aws:iam::111122223333:role/p" } },
      aws_iam_policy: { Controller: { tags: { Name: "controller" } } },
      aws_ssm_parameter: { Boot: { name: "/groundwork/boot" } },
    },
  }),
);
const stack = new SynthesizedStack("lab-eks", directory);

function object(kind: string, id: string, tags: Record<string, string> = {}, parent?: string): CloudObject {
  const location = { region: "us-west-2", account: "111122223333" };
  return {
    kind,
    id,
    arn: `arn:aws:${kind}/${id}`,
    ...location,
    tags: { Stack: "lab-eks", ...tags },
    ...defined({ parent }),
  };
}

function stateWith(...known: { type: string; name: string; id: string }[]): KnownObjects {
  const resources = known.map(({ type, name, id }) => ({
    mode: "managed",
    type,
    name,
    instances: [{ attributes: { id } }],
  }));
  return KnownObjects.of({ "lab-site": "", "lab-eks": JSON.stringify({ resources }) });
}

const nothing = KnownObjects.of({});

describe("remedies", () => {
  test("imports an object whose resource has none in the state, by its fixed name or by its tag", () => {
    const orphans = [
      object("logs:log-group", "/lab/logs"),
      object("ec2:elastic-ip", "eipalloc-1", { Name: "lab-eks-nat-a" }),
    ];
    expect(remedies(orphans, [stack], nothing).imports).toEqual([
      { stack: "lab-eks", to: "aws_cloudwatch_log_group.Logs", id: "/lab/logs" },
      { stack: "lab-eks", to: "aws_eip.A", id: "eipalloc-1" },
    ]);
  });

  test("recognizes a name that contains the account id", () => {
    expect(remedies([object("s3:bucket", "site-111122223333")], [stack], nothing).imports).toEqual([
      { stack: "lab-eks", to: "aws_s3_bucket.Site", id: "site-111122223333" },
    ]);
  });

  test("deletes the second of two objects for the same resource", () => {
    const orphans = ["eipalloc-1", "eipalloc-2"].map((id) => object("ec2:elastic-ip", id, { Name: "lab-eks-nat-a" }));
    const { imports, removals } = remedies(orphans, [stack], nothing);
    expect(imports.map(({ id }) => id)).toEqual(["eipalloc-1"]);
    expect(removals.map(({ commands }) => commands)).toEqual([
      ["aws ec2 release-address --allocation-id eipalloc-2 --region us-west-2"],
    ]);
  });

  test("deletes an object whose resource has another object in the state", () => {
    const known = stateWith({ type: "aws_eip", name: "A", id: "eipalloc-9" });
    const { imports, removals } = remedies(
      [object("ec2:elastic-ip", "eipalloc-1", { Name: "lab-eks-nat-a" })],
      [stack],
      known,
    );
    expect([imports.length, removals.length]).toEqual([0, 1]);
  });

  test("does not recognize an object without a name", () => {
    expect(remedies([object("ec2:elastic-ip", "eipalloc-1")], [stack], nothing).imports).toEqual([]);
  });

  test("never imports a default resource of a network", () => {
    expect(
      remedies([object("ec2:security-group", "sg-1", { Name: "lab-eks-unused" })], [stack], nothing).imports,
    ).toEqual([]);
  });

  test("deletes in an order that AWS allows, with the parents that a deletion requires", () => {
    const orphans = [
      object("ec2:vpc", "vpc-1"),
      object("ec2:subnet", "subnet-1"),
      object("ec2:security-group-egress-rule", "sgr-1", {}, "sg-1"),
      object("ec2:internet-gateway", "igw-1", {}, "vpc-1"),
      object("ec2:internet-gateway", "igw-2"),
      object("ec2:nat-gateway", "nat-1"),
    ];
    expect(
      remedies(orphans, [stack], nothing).removals.flatMap(({ commands }) =>
        commands.map((line) => line.split(" --region")[0]),
      ),
    ).toEqual([
      "aws ec2 delete-nat-gateway --nat-gateway-id nat-1",
      "aws ec2 wait nat-gateway-deleted --nat-gateway-ids nat-1",
      "aws ec2 revoke-security-group-egress --group-id sg-1 --security-group-rule-ids sgr-1",
      "aws ec2 detach-internet-gateway --internet-gateway-id igw-1 --vpc-id vpc-1",
      "aws ec2 delete-internet-gateway --internet-gateway-id igw-1",
      "aws ec2 delete-internet-gateway --internet-gateway-id igw-2",
      "aws ec2 delete-subnet --subnet-id subnet-1",
      "aws ec2 delete-vpc --vpc-id vpc-1",
    ]);
  });

  test("imports add-ons and node groups by the names of cluster and part", () => {
    const orphans = [object("eks:addon", "demo/coredns/1a2b"), object("eks:nodegroup", "demo/nodes/3c4d")];
    expect(remedies(orphans, [stack], nothing).imports.map(({ to, id }) => [to, id])).toEqual([
      ["aws_eks_addon.Dns", "demo:coredns"],
      ["aws_eks_node_group.Nodes", "demo:nodes"],
    ]);
  });

  test("imports a policy by its ARN, and a parameter by its name with the slash that its ARN omits", () => {
    const parameter = parseArn("arn:aws:ssm:us-west-2:111122223333:parameter/groundwork/boot");
    expect(parseArn("arn:aws:ssm:us-west-2:111122223333:parameter/boot").id).toBe("boot");
    const orphans = [
      object("iam:policy", "controller", { Name: "controller" }),
      { ...object("ssm:parameter", parameter.id), ...parameter },
    ];
    expect(remedies(orphans, [stack], nothing).imports.map(({ to, id }) => [to, id])).toEqual([
      ["aws_iam_policy.Controller", "arn:aws:iam:policy/controller"],
      ["aws_ssm_parameter.Boot", "/groundwork/boot"],
    ]);
  });

  test("deletes the parts of a cluster before the cluster: add-ons, access entries, nodes", () => {
    const orphans = [
      object("eks:cluster", "old"),
      object("eks:nodegroup", "old/nodes/1"),
      object("eks:access-entry", "old/role/111122223333/platform/2"),
      object("eks:podidentityassociation", "old/a-3"),
      object("eks:addon", "old/coredns/4"),
    ];
    expect(
      remedies(orphans, [stack], nothing).removals.flatMap(({ commands }) =>
        commands.map((line) => line.split(" --region")[0]?.replace("aws eks ", "")),
      ),
    ).toEqual([
      "delete-addon --cluster-name old --addon-name coredns",
      "wait addon-deleted --cluster-name old --addon-name coredns",
      "delete-pod-identity-association --cluster-name old --association-id a-3",
      "delete-access-entry --cluster-name old --principal-arn arn:aws:iam::111122223333:role/platform",
      "delete-nodegroup --cluster-name old --nodegroup-name nodes",
      "wait nodegroup-deleted --cluster-name old --nodegroup-name nodes",
      "delete-cluster --name old",
      "wait cluster-deleted --name old",
    ]);
  });

  test("reports objects of an unsupported kind", () => {
    const found = remedies([object("sns:topic", "alarms")], [stack], nothing);
    expect(report({ environment: "lab" }, found).join("\n")).toContain(
      "1 of an unsupported kind\n\narn:aws:sns:topic/alarms",
    );
  });

  test("reports that nothing is orphaned", () => {
    expect(report({ environment: "lab" }, remedies([], [stack], nothing))).toEqual([
      "every resource of lab is in a Terraform state",
    ]);
  });

  test("writes import blocks in Terraform's language", () => {
    expect(importBlocks([{ stack: "lab-eks", to: "aws_eip.A", id: "eipalloc-1" }])).toEqual([
      "import {",
      "  to = aws_eip.A",
      '  id = "eipalloc-1"',
      "}",
    ]);
  });
});

describe("KnownObjects", () => {
  test("knows an access entry and an association by their special ARN attributes", () => {
    const of = (name: string) => ({ mode: "managed", type: "t", name, instances: [{ attributes: { [name]: name } }] });
    const state = JSON.stringify({ resources: ["access_entry_arn", "association_arn", "role_arn"].map(of) });
    const known = KnownObjects.of({ "lab-eks": state });
    expect(["access_entry_arn", "association_arn", "role_arn"].map((arn) => known.knows({ arn, id: "" }))).toEqual([
      true,
      true,
      false,
    ]);
  });

  test("distinguishes two stacks that have the same address for two objects", () => {
    const network = (id: string) =>
      JSON.stringify({
        resources: [{ mode: "managed", type: "aws_vpc", name: "Network", instances: [{ attributes: { id } }] }],
      });
    const known = KnownObjects.of({ "lab-eks": network("vpc-1"), "lab-gitlab": network("vpc-2") });
    expect(["vpc-1", "vpc-2"].map((id) => known.knows({ id, arn: "" }))).toEqual([true, true]);
    expect(["lab-eks", "lab-gitlab"].map((stack) => known.in(stack).resolve("${aws_vpc.Network.id}"))).toEqual([
      "vpc-1",
      "vpc-2",
    ]);
    expect(known.in("lab-site").has("aws_vpc.Network")).toBe(false);
  });

  test("knows an object by its ARN or its id", () => {
    const known = stateWith({ type: "aws_eip", name: "A", id: "eipalloc-1" });
    expect([
      known.knows(object("ec2:elastic-ip", "eipalloc-1")),
      known.knows(object("ec2:elastic-ip", "eipalloc-2")),
    ]).toEqual([true, false]);
  });

  test("resolves references to known objects and to imported ones", () => {
    const known = stateWith({ type: "aws_subnet", name: "a", id: "subnet-1" })
      .with([{ stack: "lab-eks", to: "aws_vpc.v", id: "vpc-1" }])
      .in("lab-eks");
    expect(
      ["${aws_subnet.a.id}", "${aws_vpc.v.id}", "0.0.0.0/0", "${aws_vpc.w.id}", 3].map((value) => known.resolve(value)),
    ).toEqual(["subnet-1", "vpc-1", "0.0.0.0/0", undefined, undefined]);
  });
});
