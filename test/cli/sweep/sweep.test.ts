import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KnownObjects } from "@groundwork/cli/orphans/state";
import type { Aws } from "@groundwork/cli/sweep/aws";
import { report } from "@groundwork/cli/sweep/report";
import type { Stray } from "@groundwork/cli/sweep/leftovers";
import { deleteStrays, groundOf, straysOn } from "@groundwork/cli/sweep/sweep";
import { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";

function stack(id: string, resource: object): SynthesizedStack {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-sweep-"));
  const provider = { aws: [{ region: "us-west-2" }] };
  writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify({ resource, provider }));
  return new SynthesizedStack(id, directory);
}

const stacks = [
  stack("lab-site", { aws_s3_bucket: { Site: {} } }),
  stack("lab-eks", { aws_vpc: { Network: {} }, aws_eks_cluster: { Cluster: { name: "demo" } } }),
  stack("lab-eks-addons", { helm_release: { Controller: {} } }),
];

function state(type: string, name: string, id: string): string {
  return JSON.stringify({ resources: [{ mode: "managed", type, name, instances: [{ attributes: { id } }] }] });
}

const known = KnownObjects.of({ "lab-eks": state("aws_vpc", "Network", "vpc-1") });
const ground = groundOf("lab", stacks, known);

const tag = (Key: string, Value: string) => [{ Key, Value }];
const controller = tag("elbv2.k8s.aws/cluster", "demo");
const legacy = tag("kubernetes.io/cluster/demo", "owned");

/** Two clusters and things of nobody's, in two networks. */
const CLOUD: Record<string, object> = {
  "elbv2 describe-load-balancers": {
    LoadBalancers: ["own", "other", "elsewhere", "code"].map((name) => ({
      LoadBalancerArn: `arn:${name}`,
      LoadBalancerName: name,
      VpcId: name === "elsewhere" ? "vpc-2" : "vpc-1",
    })),
  },
  "elbv2 describe-target-groups": {
    TargetGroups: [{ TargetGroupArn: "arn:targets", TargetGroupName: "targets", VpcId: "vpc-1" }],
  },
  "elb describe-load-balancers": {
    LoadBalancerDescriptions: [
      { LoadBalancerName: "classic", VPCId: "vpc-1" },
      { LoadBalancerName: "shared", VPCId: "vpc-1" },
    ],
  },
  "elb describe-tags": {
    TagDescriptions: [
      { LoadBalancerName: "classic", Tags: legacy },
      { LoadBalancerName: "shared", Tags: tag("kubernetes.io/cluster/demo", "shared") },
    ],
  },
  "ec2 describe-network-interfaces": {
    NetworkInterfaces: [
      {
        NetworkInterfaceId: "eni-1",
        Description: "aws-K8S-i-1",
        TagSet: tag("cluster.k8s.amazonaws.com/name", "demo"),
      },
      { NetworkInterfaceId: "eni-2", Description: "of a person" },
    ],
  },
  "ec2 describe-security-groups": {
    SecurityGroups: [
      { GroupId: "sg-front", GroupName: "k8s-front", Tags: controller },
      { GroupId: "sg-cluster", GroupName: "eks-cluster-sg", Tags: [...legacy, ...tag("aws:eks:cluster-name", "demo")] },
      { GroupId: "sg-other", GroupName: "k8s-other", Tags: tag("elbv2.k8s.aws/cluster", "another") },
    ],
  },
  "ec2 describe-security-group-rules": {
    SecurityGroupRules: [
      { SecurityGroupRuleId: "sgr-in", GroupId: "sg-cluster", ReferencedGroupInfo: { GroupId: "sg-front" } },
      {
        SecurityGroupRuleId: "sgr-out",
        GroupId: "sg-front",
        IsEgress: true,
        ReferencedGroupInfo: { GroupId: "sg-front" },
      },
      { SecurityGroupRuleId: "sgr-own", GroupId: "sg-cluster", ReferencedGroupInfo: { GroupId: "sg-cluster" } },
      { SecurityGroupRuleId: "sgr-world", GroupId: "sg-front" },
    ],
  },
};

const OWNERS: Record<string, string> = {
  "arn:own": "demo",
  "arn:other": "another",
  "arn:code": "demo",
  "arn:targets": "demo",
};

const aws: Aws = (args) => {
  const call = args.slice(0, 2).join(" ");
  if (call !== "elbv2 describe-tags") return Promise.resolve(CLOUD[call]);
  const arns = args.slice(3);
  const TagDescriptions = arns.map((ResourceArn) => ({
    ResourceArn,
    Tags: tag("elbv2.k8s.aws/cluster", OWNERS[ResourceArn] ?? "nobody"),
  }));
  return Promise.resolve({ TagDescriptions });
};

const withCode = KnownObjects.of({
  "lab-eks": state("aws_vpc", "Network", "vpc-1"),
  "lab-site": state("aws_lb", "Code", "arn:code"),
});

describe("sweep", () => {
  test("finds what carries the cluster's tags in its network, and nothing of another cluster, of EKS or of a state", async () => {
    const found = await straysOn(ground, aws, withCode);
    expect(found.map(({ kind, id }) => [kind, id])).toEqual([
      ["load balancer", "arn:own"],
      ["classic load balancer", "classic"],
      ["target group", "arn:targets"],
      ["security group rule", "sgr-in"],
      ["security group rule", "sgr-out"],
      ["network interface", "eni-1"],
      ["security group", "sg-front"],
    ]);
  });

  test("prints the commands it would run, in an order that AWS allows", async () => {
    const text = report("lab", ground, await straysOn(ground, aws, withCode));
    expect(text.split("\n").filter((line) => line.startsWith("aws "))).toEqual(
      [
        "elbv2 delete-load-balancer --load-balancer-arn arn:own",
        "elbv2 wait load-balancers-deleted --load-balancer-arns arn:own",
        "elb delete-load-balancer --load-balancer-name classic",
        "elbv2 delete-target-group --target-group-arn arn:targets",
        "ec2 revoke-security-group-ingress --group-id sg-cluster --security-group-rule-ids sgr-in",
        "ec2 revoke-security-group-egress --group-id sg-front --security-group-rule-ids sgr-out",
        "ec2 delete-network-interface --network-interface-id eni-1",
        "ec2 delete-security-group --group-id sg-front",
      ].map((command) => `aws ${command} --region us-west-2`),
    );
    expect(text).toContain("npm run sweep -- lab --delete");
  });

  test("says so when there is nothing, also where no state knows a network", async () => {
    const nowhere = groundOf("lab", stacks, KnownObjects.of({}));
    expect(nowhere.networkId).toBeUndefined();
    expect(report("lab", nowhere, await straysOn(nowhere, aws, known))).toMatch(/^nothing .* demo/);
  });

  test("knows which stacks still use what it found", async () => {
    const states = {
      "lab-eks": state("aws_vpc", "Network", "vpc-1"),
      "lab-eks-addons": state("helm_release", "Controller", "c"),
    };
    const used = groundOf("lab", stacks, KnownObjects.of(states));
    expect([used.alive, ground.alive]).toEqual([["lab-eks-addons"], []]);
    expect(report("lab", used, await straysOn(used, aws, known))).toContain("lab-eks-addons still stand");
  });

  test("fails for an environment without a cluster", () => {
    expect(() => groundOf("lab", stacks.slice(0, 1), known)).toThrow('no stack of "lab" makes a cluster');
  });

  test("asks for the tags of at most twenty at once", async () => {
    const asked: number[] = [];
    const many: Aws = (args) => {
      if (args[1] === "describe-tags") asked.push(args.length - 3);
      if (args[0] !== "elbv2" || args[1] !== "describe-load-balancers")
        return args[0] === "elbv2" ? aws(args) : Promise.resolve({});
      const LoadBalancers = Array.from({ length: 45 }, (_, n) => ({ LoadBalancerArn: `arn:${n}`, VpcId: "vpc-1" }));
      return Promise.resolve({ LoadBalancers });
    };
    await straysOn(ground, many, known);
    expect(asked.sort((one, other) => other - one)).toEqual([20, 20, 5, 1]);
  });
});

describe("deleting strays", () => {
  const group: Stray = { kind: "security group", id: "sg-1", name: "k8s-front", remove: [["ec2", "delete"]] };
  const patience = { tries: 3, pauseMilliseconds: 1 };

  function refusing(times: number, message: string): { aws: Aws; calls: () => number } {
    let calls = 0;
    return {
      calls: () => calls,
      aws: () => ((calls += 1) > times ? Promise.resolve(undefined) : Promise.reject(new Error(message))),
    };
  }

  test("asks again while AWS still holds on to something, and says what is gone", async () => {
    const cloud = refusing(2, "DependencyViolation: has a dependent object");
    const said: string[] = [];
    await deleteStrays([group], cloud.aws, (text) => said.push(text), patience);
    expect([cloud.calls(), said]).toEqual([3, ["deleted security group k8s-front"]]);
  });

  test("gives up in the end, and at once when it is something else", async () => {
    const held = refusing(9, "DependencyViolation");
    await expect(deleteStrays([group], held.aws, () => undefined, patience)).rejects.toThrow("DependencyViolation");
    const forbidden = refusing(9, "UnauthorizedOperation");
    await expect(deleteStrays([group], forbidden.aws, () => undefined, patience)).rejects.toThrow("Unauthorized");
    expect([held.calls(), forbidden.calls()]).toEqual([3, 1]);
  });
});
