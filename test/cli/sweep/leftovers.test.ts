import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KnownObjects } from "@groundwork/cli/orphans/state";
import { locateCluster } from "@groundwork/cli/sweep/cluster-location";
import { deleteLeftovers } from "@groundwork/cli/sweep/deletion";
import { KINDS, type Leftover } from "@groundwork/cli/sweep/leftovers";
import { report } from "@groundwork/cli/sweep/report";
import { unmanagedLeftovers } from "@groundwork/cli/sweep/unmanaged-leftovers";
import { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { fakeAws } from "../support/fake-aws";

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
const cluster = locateCluster({ environment: "lab" }, stacks, known);

const tag = (Key: string, Value: string) => [{ Key, Value }];
const controller = tag("elbv2.k8s.aws/cluster", "demo");
const legacy = tag("kubernetes.io/cluster/demo", "owned");

/** Resources of two clusters and of no cluster, in two networks. */
const CLOUD: Record<string, object> = {
  "ElasticLoadBalancingV2 DescribeLoadBalancers": {
    LoadBalancers: ["own", "other", "elsewhere", "code"].map((name) => ({
      LoadBalancerArn: `arn:${name}`,
      LoadBalancerName: name,
      VpcId: name === "elsewhere" ? "vpc-2" : "vpc-1",
    })),
  },
  "ElasticLoadBalancingV2 DescribeTargetGroups": {
    TargetGroups: [{ TargetGroupArn: "arn:targets", TargetGroupName: "targets", VpcId: "vpc-1" }],
  },
  "ElasticLoadBalancing DescribeLoadBalancers": {
    LoadBalancerDescriptions: [
      { LoadBalancerName: "classic", VPCId: "vpc-1" },
      { LoadBalancerName: "shared", VPCId: "vpc-1" },
    ],
  },
  "ElasticLoadBalancing DescribeTags": {
    TagDescriptions: [
      { LoadBalancerName: "classic", Tags: legacy },
      { LoadBalancerName: "shared", Tags: tag("kubernetes.io/cluster/demo", "shared") },
    ],
  },
  "EC2 DescribeNetworkInterfaces": {
    NetworkInterfaces: [
      {
        NetworkInterfaceId: "eni-1",
        Description: "aws-K8S-i-1",
        TagSet: tag("cluster.k8s.amazonaws.com/name", "demo"),
      },
      { NetworkInterfaceId: "eni-2", Description: "of an operator" },
    ],
  },
  "EC2 DescribeSecurityGroups": {
    SecurityGroups: [
      { GroupId: "sg-front", GroupName: "k8s-front", Tags: controller },
      { GroupId: "sg-cluster", GroupName: "eks-cluster-sg", Tags: [...legacy, ...tag("aws:eks:cluster-name", "demo")] },
      { GroupId: "sg-other", GroupName: "k8s-other", Tags: tag("elbv2.k8s.aws/cluster", "another") },
    ],
  },
  "EC2 DescribeSecurityGroupRules": {
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

function respond(request: string, { ResourceArns = [] }: { readonly ResourceArns?: readonly string[] }): object {
  if (request !== "ElasticLoadBalancingV2 DescribeTags") return CLOUD[request] ?? {};
  return {
    TagDescriptions: ResourceArns.map((ResourceArn) => ({
      ResourceArn,
      Tags: tag("elbv2.k8s.aws/cluster", OWNERS[ResourceArn] ?? "unknown"),
    })),
  };
}

const aws = fakeAws(respond);

const withCode = KnownObjects.of({
  "lab-eks": state("aws_vpc", "Network", "vpc-1"),
  "lab-site": state("aws_lb", "Code", "arn:code"),
});

describe("sweep", () => {
  test("finds what has the cluster's tags in its network, and nothing of another cluster, of EKS or of a state", async () => {
    const found = await unmanagedLeftovers(cluster, aws, withCode);
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

  test("prints the commands that delete the leftovers, in an order that AWS allows", async () => {
    const lines = report({ environment: "lab" }, cluster, await unmanagedLeftovers(cluster, aws, withCode));
    expect(lines.filter((line) => line.startsWith("aws "))).toEqual(
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
    expect(lines).toContain("To delete them: npx groundwork sweep --environment lab --delete");
  });

  test("reports that there are none, also where no state contains a network", async () => {
    const withoutNetwork = locateCluster({ environment: "lab" }, stacks, KnownObjects.of({}));
    expect(withoutNetwork.networkId).toBeUndefined();
    const found = await unmanagedLeftovers(withoutNetwork, aws, known);
    expect(report({ environment: "lab" }, withoutNetwork, found)).toEqual(["no leftovers of demo in its network"]);
  });

  test("reports which stacks still use the leftovers", async () => {
    const states = {
      "lab-eks": state("aws_vpc", "Network", "vpc-1"),
      "lab-eks-addons": state("helm_release", "Controller", "c"),
    };
    const used = locateCluster({ environment: "lab" }, stacks, KnownObjects.of(states));
    expect([used.stacksInUse, cluster.stacksInUse]).toEqual([["lab-eks-addons"], []]);
    const found = await unmanagedLeftovers(used, aws, known);
    expect(report({ environment: "lab" }, used, found).at(-1)).toContain("in use by lab-eks-addons");
  });

  test("fails for several clusters, which have different networks", () => {
    const twice = [...stacks, ...stacks];
    expect(() => locateCluster({}, twice, known)).toThrow(
      /^lab-eks, lab-eks contain several clusters; select one: npx groundwork sweep lab-eks$/,
    );
  });

  test("fails for an environment without a cluster", () => {
    expect(() => locateCluster({ environment: "lab" }, stacks.slice(0, 1), known)).toThrow(
      "no stack of lab contains a cluster",
    );
  });

  test("requests the tags of at most twenty resources at once", async () => {
    const sizes: number[] = [];
    const many = fakeAws((request, input) => {
      const { ResourceArns } = input as { ResourceArns?: readonly string[] };
      if (ResourceArns !== undefined) sizes.push(ResourceArns.length);
      if (request === "ElasticLoadBalancingV2 DescribeLoadBalancers")
        return {
          LoadBalancers: Array.from({ length: 45 }, (_, n) => ({ LoadBalancerArn: `arn:${n}`, VpcId: "vpc-1" })),
        };
      return request.startsWith("ElasticLoadBalancingV2 ") ? respond(request, input) : {};
    });
    await unmanagedLeftovers(cluster, many, known);
    expect(sizes.sort((a, b) => b - a)).toEqual([20, 20, 5, 1]);
  });

  test("reads every page of a list", async () => {
    const page = (name: string) => ({ LoadBalancerArn: `arn:${name}`, LoadBalancerName: name, VpcId: "vpc-1" });
    const paged = fakeAws((request, input) => {
      if (request !== "ElasticLoadBalancingV2 DescribeLoadBalancers")
        return request === "ElasticLoadBalancingV2 DescribeTags" ? respond(request, input) : {};
      return input["Marker"] === undefined
        ? { LoadBalancers: [page("own")], NextMarker: "2" }
        : { LoadBalancers: [page("code")] };
    });
    expect((await unmanagedLeftovers(cluster, paged, known)).map(({ name }) => name)).toEqual(["own", "code"]);
  });
});

describe("deleting leftovers", () => {
  const group: Leftover = { kind: "security group", id: "sg-1", name: "k8s-front" };
  const retry = { attempts: 3, intervalMs: 1 };

  function failing(times: number, message: string) {
    let calls = 0;
    const session = fakeAws(() => {
      calls += 1;
      if (calls <= times) throw new Error(message);
      return {};
    });
    return { session, calls: () => calls };
  }

  test("retries while AWS reports a dependency, and prints what is deleted", async () => {
    const cloud = failing(2, "DependencyViolation: has a dependent object");
    const lines: string[] = [];
    await deleteLeftovers([group], cloud.session, (line) => lines.push(line), retry);
    expect([cloud.calls(), lines]).toEqual([3, ["deleted security group k8s-front"]]);
  });

  test("fails after the last attempt, and at once for any other error", async () => {
    const inUse = failing(9, "DependencyViolation");
    await expect(deleteLeftovers([group], inUse.session, () => undefined, retry)).rejects.toThrow(
      "DependencyViolation",
    );
    const forbidden = failing(9, "UnauthorizedOperation");
    await expect(deleteLeftovers([group], forbidden.session, () => undefined, retry)).rejects.toThrow("Unauthorized");
    expect([inUse.calls(), forbidden.calls()]).toEqual([3, 1]);
  });

  test("calls the API for every kind, and waits until a load balancer is deleted", async () => {
    const requests: string[] = [];
    const session = fakeAws((request, input) => {
      requests.push(`${request} ${JSON.stringify(input)}`);
      if (request === "ElasticLoadBalancingV2 DescribeLoadBalancers")
        throw Object.assign(new Error("not found"), { name: "LoadBalancerNotFoundException" });
      return {};
    });
    const rule = { groupId: "sg-1", isEgress: false };
    const leftovers: readonly Leftover[] = [
      ...KINDS.map((kind) => ({ kind, id: "id", name: "name", rule })),
      { kind: "security group rule", id: "out", name: "name", rule: { ...rule, isEgress: true } },
    ];
    await deleteLeftovers(leftovers, session, () => undefined, retry);
    expect(requests).toEqual([
      'ElasticLoadBalancingV2 DeleteLoadBalancer {"LoadBalancerArn":"id"}',
      'ElasticLoadBalancingV2 DescribeLoadBalancers {"LoadBalancerArns":["id"]}',
      'ElasticLoadBalancing DeleteLoadBalancer {"LoadBalancerName":"id"}',
      'ElasticLoadBalancingV2 DeleteTargetGroup {"TargetGroupArn":"id"}',
      'EC2 RevokeSecurityGroupIngress {"GroupId":"sg-1","SecurityGroupRuleIds":["id"]}',
      'EC2 DeleteNetworkInterface {"NetworkInterfaceId":"id"}',
      'EC2 DeleteSecurityGroup {"GroupId":"id"}',
      'EC2 RevokeSecurityGroupEgress {"GroupId":"sg-1","SecurityGroupRuleIds":["out"]}',
    ]);
  });
});
