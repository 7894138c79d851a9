import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CloudObject } from "@groundwork/local/orphans/cloud-object";
import { importBlocks, remedies } from "@groundwork/local/orphans/remedies";
import { report } from "@groundwork/local/orphans/report";
import { KnownObjects } from "@groundwork/local/orphans/state";
import { SynthesizedStack } from "@groundwork/local/terraform/synthesized";

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
    },
  }),
);
const stack = new SynthesizedStack("lab-eks", directory);

function object(kind: string, id: string, tags: Record<string, string> = {}, parent?: string): CloudObject {
  const place = { region: "us-west-2", account: "111122223333" };
  return {
    kind,
    id,
    arn: `arn:aws:${kind}/${id}`,
    ...place,
    tags: { Stack: "lab-eks", ...tags },
    ...(parent === undefined ? {} : { parent }),
  };
}

function stateWith(...known: { type: string; name: string; id: string }[]): KnownObjects {
  const resources = known.map(({ type, name, id }) => ({
    mode: "managed",
    type,
    name,
    instances: [{ attributes: { id } }],
  }));
  return KnownObjects.of(["", JSON.stringify({ resources })]);
}

const nothing = KnownObjects.of([]);

describe("remedies", () => {
  test("takes an object back whose place in the configuration is free, by its fixed name or by its tag", () => {
    const lost = [
      object("logs:log-group", "/lab/logs"),
      object("ec2:elastic-ip", "eipalloc-1", { Name: "lab-eks-nat-a" }),
    ];
    expect(remedies(lost, [stack], nothing).imports).toEqual([
      { stack: "lab-eks", to: "aws_cloudwatch_log_group.Logs", id: "/lab/logs" },
      { stack: "lab-eks", to: "aws_eip.A", id: "eipalloc-1" },
    ]);
  });

  test("knows a name that has the account's number in it", () => {
    expect(remedies([object("s3:bucket", "site-111122223333")], [stack], nothing).imports).toEqual([
      { stack: "lab-eks", to: "aws_s3_bucket.Site", id: "site-111122223333" },
    ]);
  });

  test("deletes the second of two that have the same place", () => {
    const lost = ["eipalloc-1", "eipalloc-2"].map((id) => object("ec2:elastic-ip", id, { Name: "lab-eks-nat-a" }));
    const { imports, removals } = remedies(lost, [stack], nothing);
    expect(imports.map(({ id }) => id)).toEqual(["eipalloc-1"]);
    expect(removals.map(({ commands }) => commands)).toEqual([
      ["aws ec2 release-address --allocation-id eipalloc-2 --region us-west-2"],
    ]);
  });

  test("deletes an object whose place Terraform has filled again", () => {
    const known = stateWith({ type: "aws_eip", name: "A", id: "eipalloc-9" });
    const { imports, removals } = remedies(
      [object("ec2:elastic-ip", "eipalloc-1", { Name: "lab-eks-nat-a" })],
      [stack],
      known,
    );
    expect([imports.length, removals.length]).toEqual([0, 1]);
  });

  test("recognizes nothing by the lack of a name", () => {
    expect(remedies([object("ec2:elastic-ip", "eipalloc-1")], [stack], nothing).imports).toEqual([]);
  });

  test("never imports what comes with its network", () => {
    expect(
      remedies([object("ec2:security-group", "sg-1", { Name: "lab-eks-unused" })], [stack], nothing).imports,
    ).toEqual([]);
  });

  test("deletes in an order that the cloud allows, with what a deletion has to name", () => {
    const lost = [
      object("ec2:vpc", "vpc-1"),
      object("ec2:subnet", "subnet-1"),
      object("ec2:security-group-egress-rule", "sgr-1", {}, "sg-1"),
      object("ec2:internet-gateway", "igw-1", {}, "vpc-1"),
      object("ec2:internet-gateway", "igw-2"),
      object("ec2:nat-gateway", "nat-1"),
    ];
    expect(
      remedies(lost, [stack], nothing).removals.flatMap(({ commands }) =>
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

  test("says so when it has no remedy for a kind", () => {
    const found = remedies([object("sns:topic", "alarms")], [stack], nothing);
    expect(report("lab", found)).toContain("1 of a kind this program has no remedy for\n\narn:aws:sns:topic/alarms");
  });

  test("says so when nothing is lost", () => {
    expect(report("lab", remedies([], [stack], nothing))).toBe("nothing of lab stands outside of Terraform's states");
  });

  test("writes import blocks as Terraform reads them", () => {
    expect(importBlocks([{ stack: "lab-eks", to: "aws_eip.A", id: "eipalloc-1" }])).toBe(
      'import {\n  to = aws_eip.A\n  id = "eipalloc-1"\n}\n',
    );
  });
});

describe("KnownObjects", () => {
  test("knows an object by its ARN or its id", () => {
    const known = stateWith({ type: "aws_eip", name: "A", id: "eipalloc-1" });
    expect([
      known.knows(object("ec2:elastic-ip", "eipalloc-1")),
      known.knows(object("ec2:elastic-ip", "eipalloc-2")),
    ]).toEqual([true, false]);
  });

  test("follows references to what it knows and to what is about to be taken back", () => {
    const known = stateWith({ type: "aws_subnet", name: "a", id: "subnet-1" }).expecting([
      { to: "aws_vpc.v", id: "vpc-1" },
    ]);
    expect(
      ["${aws_subnet.a.id}", "${aws_vpc.v.id}", "0.0.0.0/0", "${aws_vpc.w.id}", 3].map((value) => known.resolve(value)),
    ).toEqual(["subnet-1", "vpc-1", "0.0.0.0/0", undefined, undefined]);
  });
});
