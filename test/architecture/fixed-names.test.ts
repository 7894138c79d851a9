import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Project } from "@groundwork/constructs/kubernetes/project/project";
import { Quota } from "@groundwork/constructs/kubernetes/project/quota";
import { Subject } from "@groundwork/constructs/kubernetes/project/subject";
import { Settings } from "@groundwork/constructs/kubernetes/settings/settings";
import { Fleet } from "@groundwork/constructs/aws/compute/fleet/fleet";
import { FleetSize } from "@groundwork/constructs/aws/compute/fleet/fleet-size";
import { ScalingPolicy } from "@groundwork/constructs/aws/compute/fleet/scaling-policy";
import { Action } from "@groundwork/constructs/aws/load-balancer/action";
import { ApplicationLoadBalancer } from "@groundwork/constructs/aws/load-balancer/application-load-balancer";
import { TargetGroup } from "@groundwork/constructs/aws/load-balancer/target-group";
import { Network } from "@groundwork/constructs/aws/network/network";
import { Region } from "@groundwork/constructs/aws/region";
import { LogBucket } from "@groundwork/constructs/aws/storage/log-bucket";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { filesBelow, textOf } from "../support/repository";
import { awsStack, synthesized } from "../support/fixture";
import { stacks } from "../support/stacks";

/**
 * A resource with `create_before_destroy` exists twice while it is replaced, and Terraform applies this to everything that it depends
 * on. A name that is unique must therefore not be kept by a replacement: the service would reject the new resource as a duplicate.
 */

/** Constructs that set `create_before_destroy`, and the type of their resource. Every such file is listed. */
const SETTERS: Readonly<Record<string, string>> = {
  "constructs/aws/compute/fleet/fleet.ts": "aws_autoscaling_group",
  "constructs/aws/eks/nodes/node-group.ts": "aws_eks_node_group",
  "constructs/aws/load-balancer/load-balancer.ts": "aws_lb",
  "constructs/aws/load-balancer/target-group.ts": "aws_lb_target_group",
  "constructs/aws/network/security/security-group.ts": "aws_security_group",
  "constructs/aws/site/certificate.ts": "aws_acm_certificate",
  "constructs/kubernetes/settings/settings.ts": "kubernetes_config_map_v1",
};

interface Uniqueness {
  /** Argument with the unique name; undefined when two such resources may exist side by side. */
  readonly name?: string;
  /** Other arguments whose change replaces the resource ("Forces new resource" in the documentation of the provider). */
  readonly replacedBy?: readonly string[];
}

/** Resource types that exist twice while they are replaced. A type that is missing here fails the test. */
const TYPES: Readonly<Record<string, Uniqueness>> = {
  aws_acm_certificate: {},
  aws_autoscaling_group: { name: "name", replacedBy: ["name_prefix"] },
  aws_cloudwatch_log_group: { name: "name", replacedBy: ["log_group_class", "name_prefix"] },
  aws_eip: {},
  aws_eks_addon: { name: "addon_name", replacedBy: ["cluster_name"] },
  aws_eks_cluster: {
    name: "name",
    replacedBy: ["role_arn", "encryption_config", "kubernetes_network_config", "outpost_config", "access_config"],
  },
  aws_eks_node_group: {
    name: "node_group_name",
    replacedBy: [
      "ami_type",
      "capacity_type",
      "cluster_name",
      "disk_size",
      "instance_types",
      "node_role_arn",
      "subnet_ids",
    ],
  },
  aws_iam_instance_profile: { name: "name", replacedBy: ["path", "name_prefix"] },
  aws_iam_role: { name: "name", replacedBy: ["path", "name_prefix"] },
  aws_iam_role_policy: {},
  aws_iam_role_policy_attachment: {},
  aws_internet_gateway: {},
  aws_kms_key: {},
  aws_launch_template: { name: "name", replacedBy: ["name_prefix"] },
  aws_lb: { name: "name", replacedBy: ["internal", "load_balancer_type", "name_prefix"] },
  aws_lb_target_group: { name: "name", replacedBy: ["port", "protocol", "vpc_id", "target_type"] },
  aws_nat_gateway: { name: "allocation_id", replacedBy: ["subnet_id", "connectivity_type"] },
  aws_network_acl: {},
  aws_s3_bucket: { name: "bucket", replacedBy: ["object_lock_enabled"] },
  aws_s3_bucket_ownership_controls: {},
  aws_s3_bucket_policy: {},
  aws_s3_bucket_public_access_block: {},
  aws_route: { name: "destination_cidr_block", replacedBy: ["route_table_id"] },
  aws_route_table: {},
  aws_route_table_association: {},
  aws_security_group: { name: "name", replacedBy: ["description", "name_prefix", "vpc_id"] },
  aws_subnet: {},
  aws_vpc: {},
  // Objects of a cluster: only a change of their names replaces them; the name of a role binding contains its role.
  kubernetes_config_map_v1: {},
  kubernetes_namespace_v1: {},
  kubernetes_network_policy_v1: {},
  kubernetes_resource_quota_v1: {},
  kubernetes_role_binding_v1: {},
  aws_vpc_endpoint: { name: "service_name", replacedBy: ["vpc_id", "vpc_endpoint_type"] },
};

/** Arguments that never change, or whose change also changes the name or the scope in which it is unique. */
const HARMLESS: Readonly<Record<string, string>> = {
  "aws_eks_addon cluster_name": "names of add-ons are unique in their cluster",
  "aws_eks_cluster access_config": "a constant",
  "aws_eks_cluster encryption_config":
    "AWS cannot change the key of a cluster: the error prevents that a running cluster is destroyed for another key",
  "aws_eks_cluster role_arn": "the role is replaced only with its name, which is the path of the cluster",
  "aws_nat_gateway subnet_id": "a gateway per zone stays in its zone, and one in another zone has another address",
  "aws_route route_table_id": "destinations are unique in their route table",
  "aws_security_group vpc_id": "names of groups are unique in their network",
  "aws_vpc_endpoint vpc_id": "services of endpoints are unique in their network",
  "aws_vpc_endpoint vpc_endpoint_type": "a constant",
};

type Arguments = Readonly<Record<string, unknown>> & {
  readonly lifecycle?: { readonly create_before_destroy?: boolean; readonly ignore_changes?: readonly string[] };
};

/** The resources of a stack that exist twice while they are replaced, by address. */
function existingTwice(stack: (typeof stacks)[number]): ReadonlyMap<string, Arguments> {
  const resources = new Map<string, Arguments>(
    Object.entries(synthesized(stack)["resource"] ?? {}).flatMap(([type, blocks]) =>
      Object.entries(blocks).map(([id, block]) => [`${type}.${id}`, block as Arguments] as const),
    ),
  );
  const found = new Map([...resources].filter(([, { lifecycle }]) => lifecycle?.create_before_destroy === true));
  // A map visits the entries that are added during the visit, so this follows dependencies of dependencies.
  for (const [, block] of found) {
    const addresses = JSON.stringify(block).match(/\b[a-z]+_[a-z0-9_]+\.[\w-]+/g) ?? [];
    for (const address of addresses) {
      const dependency = resources.get(address);
      if (dependency !== undefined && !found.has(address)) found.set(address, dependency);
    }
  }
  return found;
}

/** A stack with the constructs that no environment uses. */
function unusedConstructs() {
  const stack = awsStack();
  const network = new Network(stack, "Network", {
    cidr: Cidr.parse("10.0.0.0/16"),
    zones: Region.of("ap-northeast-2").zones(2),
  });
  const targets = new TargetGroup(stack, "Targets", { network, port: 80 });
  const accessLogs = new LogBucket(stack, "Logs");
  const balancer = new ApplicationLoadBalancer(stack, "Balancer", { network, accessLogs });
  balancer.addHttp({ action: Action.forward(targets) });
  new Fleet(stack, "Fleet", {
    network,
    subnets: network.subnetsOf("private"),
    instanceTypes: ["t4g.small"],
    size: FleetSize.between(1, 2),
    targetGroups: [targets],
    scaling: [ScalingPolicy.requestsPerMachine(targets, 100)],
  });
  new KubernetesProvider(stack, "kubernetes");
  const shop = new Project(stack, "Shop", {
    name: "shop",
    quota: Quota.of({ pods: 10 }),
    members: { view: [Subject.group("support")] },
  });
  new Settings(stack, "Settings", {
    name: "web",
    namespace: shop.namespaceName,
    values: { A: "1" },
    dependsOn: [shop],
  });
  return stack;
}

const all = [...stacks, unusedConstructs()].flatMap((stack) =>
  [...existingTwice(stack)].map(([address, block]) => ({
    address: `${stack.node.id} ${address}`,
    type: address.split(".")[0] ?? "",
    block,
  })),
);

describe("resources that exist twice while they are replaced", () => {
  test("are set up by the listed constructs only, all of which occur in the stacks", () => {
    const setters = filesBelow("constructs", ".ts").filter((path) => textOf(path).includes("createBeforeDestroy"));
    expect(setters.sort()).toEqual(Object.keys(SETTERS).sort());
    const own = all.filter(({ block }) => block.lifecycle?.create_before_destroy === true);
    expect([...new Set(own.map(({ type }) => type))].sort()).toEqual(Object.values(SETTERS).sort());
  });

  test("are of known types", () => {
    expect([...new Set(all.map(({ type }) => type))].filter((type) => !(type in TYPES))).toEqual([]);
  });

  test("have a name that can exist twice, or are never replaced while they keep it", () => {
    const conflicts = all.flatMap(({ address, type, block }) => {
      const { name, replacedBy = [] } = TYPES[type] ?? {};
      if (name === undefined || block[name] === undefined) return [];
      const ignored = block.lifecycle?.ignore_changes ?? [];
      return replacedBy
        .filter((argument) => block[argument] !== undefined && !ignored.includes(argument))
        .filter((argument) => !(`${type} ${argument}` in HARMLESS))
        .map((argument) => `${address}: a change of ${argument} creates a second ${name}`);
    });
    expect(conflicts).toEqual([]);
  });

  test("every exception is still needed", () => {
    const used = new Set(all.flatMap(({ type, block }) => Object.keys(block).map((argument) => `${type} ${argument}`)));
    expect(Object.keys(HARMLESS).filter((exception) => !used.has(exception))).toEqual([]);
  });
});
