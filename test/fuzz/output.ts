import type { StackJson } from "./program";

type Block = Readonly<Record<string, unknown>>;

/** A limit of a service on an argument, restated from its API reference independently of the library's own table. */
interface Limit {
  readonly max: number;
  readonly pattern?: RegExp;
}

/** Limits by resource type and argument. The real provider checks further ones. */
const LIMITS: Readonly<Record<string, Readonly<Record<string, Limit>>>> = {
  aws_iam_role: {
    name: { max: 64, pattern: /^[\w+=,.@-]+$/ },
    description: { max: 1_000, pattern: /^[\t\n\r\x20-\x7e\xa1-\xff]*$/ },
  },
  aws_iam_instance_profile: { name: { max: 128, pattern: /^[\w+=,.@-]+$/ } },
  aws_iam_policy: { name: { max: 128, pattern: /^[\w+=,.@-]+$/ }, description: { max: 1_000 } },
  aws_security_group: {
    name: { max: 255, pattern: /^(?!sg-)[\w .:/()#,@[\]+=&;{}!$*-]+$/ },
    description: { max: 255, pattern: /^[\w .:/()#,@[\]+=&;{}!$*-]+$/ },
  },
  aws_vpc_security_group_ingress_rule: { description: { max: 255, pattern: /^[\w .:/()#,@[\]+=&;{}!$*-]+$/ } },
  aws_vpc_security_group_egress_rule: { description: { max: 255, pattern: /^[\w .:/()#,@[\]+=&;{}!$*-]+$/ } },
  aws_kms_key: { description: { max: 8_192 } },
  aws_kms_alias: { name: { max: 256, pattern: /^alias\/(?!aws\/)[\w/-]+$/ } },
  aws_s3_bucket: { bucket: { max: 63, pattern: /^(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/ } },
  aws_cloudfront_distribution: { comment: { max: 128 } },
  aws_cloudfront_function: { name: { max: 64, pattern: /^[\w-]+$/ }, comment: { max: 128 } },
  aws_cloudfront_origin_access_control: { name: { max: 64 }, description: { max: 256 } },
  aws_cloudfront_response_headers_policy: { name: { max: 128 }, comment: { max: 128 } },
  aws_cloudwatch_log_group: { name: { max: 512, pattern: /^[\w./#-]+$/ } },
  aws_ecr_repository: { name: { max: 256, pattern: /^[a-z0-9]+([._/-]+[a-z0-9]+)*$/ } },
  aws_eks_cluster: { name: { max: 100, pattern: /^[0-9A-Za-z][\w-]*$/ } },
  aws_eks_node_group: { node_group_name: { max: 63, pattern: /^[0-9A-Za-z][\w-]*$/ } },
  aws_launch_template: { name: { max: 125, pattern: /^[\w./()-]{3,}$/ }, description: { max: 255 } },
  aws_ssm_parameter: { name: { max: 1_011, pattern: /^\/?[\w./-]+$/ }, description: { max: 1_024 } },
  openstack_networking_secgroup_v2: { name: { max: 255, pattern: /^(?!default$)[^]/i }, description: { max: 255 } },
  openstack_networking_secgroup_rule_v2: { description: { max: 255 } },
  openstack_networking_floatingip_v2: { description: { max: 255 } },
  openstack_compute_instance_v2: { name: { max: 63, pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/ } },
  openstack_compute_keypair_v2: { name: { max: 255, pattern: /^[\w -]+$/ } },
  openstack_compute_servergroup_v2: { name: { max: 255, pattern: /^[^]+$/ } },
  ...Object.fromEntries(
    [
      "networking_network",
      "networking_subnet",
      "networking_router",
      "networking_port",
      "blockstorage_volume",
      "lb_pool",
    ]
      .concat("lb_loadbalancer", "lb_listener", "fw_group", "fw_policy", "fw_rule")
      .map((type) => [`openstack_${type}_${type.startsWith("blockstorage") ? "v3" : "v2"}`, { name: { max: 255 } }]),
  ),
};

/** Arguments that are unique in an account and region, by resource type. */
const UNIQUE: Readonly<Record<string, string>> = {
  aws_iam_role: "name",
  aws_iam_instance_profile: "name",
  aws_iam_policy: "name",
  aws_kms_alias: "name",
  aws_s3_bucket: "bucket",
  aws_cloudfront_function: "name",
  aws_cloudfront_origin_access_control: "name",
  aws_cloudfront_response_headers_policy: "name",
  aws_cloudwatch_log_group: "name",
  aws_ecr_repository: "name",
  aws_eks_cluster: "name",
  aws_launch_template: "name",
  aws_ssm_parameter: "name",
  openstack_compute_keypair_v2: "name",
};

/** Names, texts and tags over their limits, and names that occur twice. */
export function problemsOf(json: StackJson): readonly string[] {
  const blocks = Object.entries((json["resource"] ?? {}) as Record<string, Record<string, Block>>).flatMap(
    ([type, byId]) => Object.entries(byId).map(([id, block]) => ({ type, address: `${type}.${id}`, block })),
  );
  return [
    ...blocks.flatMap(({ type, address, block }) => [
      ...overLimits(type, address, block),
      ...tagProblems(address, block),
    ]),
    ...repeatedNames(blocks),
    ...Object.entries({ resource: json["resource"], data: json["data"] }).flatMap(([, types]) =>
      Object.values(types ?? {}).flatMap((byId) =>
        Object.keys(byId as object)
          .filter((id) => !/^[a-zA-Z_][\w-]*$/.test(id))
          .map((id) => `${id} is no Terraform name`),
      ),
    ),
  ];
}

/** Undoes Terraform's escapes; undefined for a text that is known only at apply. */
function literal(value: unknown): string | undefined {
  if (typeof value !== "string" || /(?<!\$)\$\{/.test(value.replace(/\$\$\$\{/g, ""))) return undefined;
  return value.replace(/\$\$\{/g, "${").replace(/%%\{/g, "%{");
}

function overLimits(type: string, address: string, block: Block): readonly string[] {
  return Object.entries(LIMITS[type] ?? {}).flatMap(([argument, { max, pattern }]) => {
    const text = literal(block[argument]);
    if (text === undefined) return [];
    const { length } = [...text];
    if (length > max) return [`${address}: ${argument} has ${length} characters, the limit is ${max}`];
    return pattern === undefined || pattern.test(text)
      ? []
      : [`${address}: ${argument} ${JSON.stringify(text)} is invalid`];
  });
}

function tagProblems(address: string, { tags }: Block): readonly string[] {
  if (!address.startsWith("aws_") || typeof tags !== "object" || tags === null) return [];
  const entries = Object.entries(tags);
  const wrong = entries.filter(([key, value]) => {
    const text = literal(value) ?? "";
    const name = literal(key) ?? "x";
    return name === "" || [...name].length > 128 || [...text].length > 256 || /^aws:/i.test(name);
  });
  return [
    ...(entries.length > 50 ? [`${address}: ${entries.length} tags`] : []),
    ...wrong.map(([key]) => `${address}: tag ${JSON.stringify(key.slice(0, 80))} is invalid`),
  ];
}

function repeatedNames(blocks: readonly { readonly type: string; readonly address: string; readonly block: Block }[]) {
  const seen = new Map<string, string>();
  return blocks.flatMap(({ type, address, block }) => {
    const argument = UNIQUE[type];
    const name = argument === undefined ? undefined : literal(block[argument]);
    if (name === undefined) return [];
    const key = `${type} ${type.startsWith("aws_iam") ? name.toLowerCase() : name}`;
    const other = seen.get(key);
    seen.set(key, address);
    return other === undefined ? [] : [`${address} and ${other} have the name ${name}`];
  });
}
