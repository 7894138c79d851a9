import type { Block, SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { referenceArgument, textArgument } from "@groundwork/tooling/terraform/synthesized";
import type { Fact } from "../fact";

/** What a stack's machines are to be like: disks, ports, rights, what they tell and what they must not. */
export function wantedMachines(stack: SynthesizedStack): readonly Fact[] {
  // The stack that a machine may deploy to makes the machine's role, and no machine.
  if (stack.resources("aws_instance").size === 0) return rights(stack);
  return [
    ...[...stack.resources("aws_instance").values()].map((instance) => ({
      subject: `machine ${tagName(instance)}`,
      is: machineInWords(textArgument(instance, "instance_type"), instance["metadata_options"] as Block, {
        encrypted: (instance["root_block_device"] as Block)["encrypted"] === true,
      }),
    })),
    ...volumes(stack),
    ...ports(stack),
    ...rights(stack),
    ...backups(stack),
    ...[...stack.resources("aws_ssm_parameter").values()].map((parameter) => ({
      subject: `parameter ${textArgument(parameter, "name")}`,
      is: textArgument(parameter, "type"),
    })),
    // Made by the server when it boots, read by the runner, and known to Terraform by its name alone.
    ...handedOver(stack).map((name) => ({ subject: `parameter ${name}`, is: "not Terraform's" })),
  ];
}

/** A machine as one line. */
export function machineInWords(type: string, metadata: Block, { encrypted }: { readonly encrypted: boolean }): string {
  const { http_tokens: tokens, http_put_response_hop_limit: hops } = metadata;
  return `${type}, metadata ${String(tokens)} within ${String(hops)} hop, disk ${encrypted ? "encrypted" : "in the clear"}`;
}

/** A volume as one line. */
export function volumeInWords(volume: {
  readonly gibibytes: number;
  readonly type: string;
  readonly encrypted: boolean;
  readonly device: string;
  readonly machine: string;
}): string {
  const { gibibytes, type, encrypted, device, machine } = volume;
  return `${gibibytes} GiB ${type}, ${encrypted ? "encrypted" : "in the clear"}, ${device} of ${machine}`;
}

/** Who may do what, as one line: the actions of a policy in order. */
export function actionsInWords(policy: string): string {
  const { Statement } = JSON.parse(policy) as { Statement: readonly { readonly Action: string | readonly string[] }[] };
  return [...new Set(Statement.flatMap(({ Action }) => Action))].sort().join(", ");
}

/** How long a backup bucket keeps what it is given, as one line. */
export function backupsInWords(versioning: string, days: number | undefined): string {
  return `versioning ${versioning.toLowerCase()}, kept ${days === undefined ? "for ever" : `${days} days`}`;
}

/** Names of the SecureStrings that machines hand to each other. */
export function handedOver(stack: SynthesizedStack): readonly string[] {
  const names = JSON.stringify(stack.json).matchAll(/\bTOKEN_PARAMETER='([^']+)'/g);
  return [...new Set([...names].map(([, name = ""]) => name))];
}

/** Beginnings of the names of the buckets that forget: AWS completes them. */
export function backupBuckets(stack: SynthesizedStack): ReadonlyMap<string, string> {
  return new Map(
    [...stack.resources("aws_s3_bucket")]
      .map(([address, bucket]) => [address, textArgument(bucket, "bucket_prefix")] as const)
      .filter(([, prefix]) => prefix.includes("-backups-")),
  );
}

/** Inline policies of the roles that machines are, by role and name. */
export function machinePolicies(stack: SynthesizedStack): readonly { role: string; name: string; policy: string }[] {
  const roles = [...stack.resources("aws_iam_instance_profile").values()].map((profile) => roleOf(stack, profile));
  return [...stack.resources("aws_iam_role_policy").values()]
    .map((block) => ({
      role: roleOf(stack, block),
      name: textArgument(block, "name"),
      policy: textArgument(block, "policy"),
    }))
    .filter(({ role }) => roles.includes(role));
}

/** The tag by which a person knows it. */
export function tagName(block: Block): string {
  return textArgument((block["tags"] as Block | undefined) ?? {}, "Name");
}

function volumes(stack: SynthesizedStack): readonly Fact[] {
  return [...stack.resources("aws_volume_attachment").values()].map((attachment) => {
    const volume = stack.resources("aws_ebs_volume").get(referenceArgument(attachment, "volume_id") ?? "") ?? {};
    const machine = stack.resources("aws_instance").get(referenceArgument(attachment, "instance_id") ?? "") ?? {};
    const words = volumeInWords({
      gibibytes: Number(volume["size"]),
      type: textArgument(volume, "type"),
      encrypted: volume["encrypted"] === true,
      device: textArgument(attachment, "device_name"),
      machine: tagName(machine),
    });
    return { subject: `volume ${tagName(volume)}`, is: words };
  });
}

function ports(stack: SynthesizedStack): readonly Fact[] {
  const groups = [...stack.resources("aws_security_group"), ...stack.resources("aws_default_security_group")];
  return groups.map(([address, group]) => {
    const rules = [...stack.resources("aws_vpc_security_group_ingress_rule").values()].filter(
      (rule) => referenceArgument(rule, "security_group_id") === address,
    );
    const open = rules.map((rule) => {
      const other = stack
        .resources("aws_security_group")
        .get(referenceArgument(rule, "referenced_security_group_id") ?? "");
      return `${Number(rule["from_port"])} from ${other === undefined ? textArgument(rule, "cidr_ipv4") : tagName(other)}`;
    });
    return { subject: `ways in of ${tagName(group)}`, is: waysInWords(open) };
  });
}

/** Ways in, in the order of their ports. */
export function waysInWords(ways: readonly string[]): string {
  const sorted = [...ways].sort((one, other) => one.localeCompare(other, "en", { numeric: true }));
  return sorted.length === 0 ? "none" : sorted.join("; ");
}

function rights(stack: SynthesizedStack): readonly Fact[] {
  return machinePolicies(stack).map(({ role, name, policy }) => ({
    subject: `rights of ${role} by ${name}`,
    is: actionsInWords(policy),
  }));
}

function backups(stack: SynthesizedStack): readonly Fact[] {
  return [...backupBuckets(stack)].map(([address, prefix]) => {
    const of = (type: string) =>
      [...stack.resources(type).values()].find((block) => referenceArgument(block, "bucket") === address) ?? {};
    const status = textArgument(
      (of("aws_s3_bucket_versioning")["versioning_configuration"] as Block | undefined) ?? {},
      "status",
    );
    const rules = (of("aws_s3_bucket_lifecycle_configuration")["rule"] as readonly Block[] | undefined) ?? [];
    const days = rules
      .flatMap((rule) => (rule["expiration"] as readonly Block[] | undefined) ?? [])
      .map(({ days: one }) => Number(one));
    return { subject: `bucket ${prefix}…`, is: backupsInWords(status, days[0]) };
  });
}

function roleOf(stack: SynthesizedStack, block: Block): string {
  const role = stack.resources("aws_iam_role").get(referenceArgument(block, "role") ?? "");
  return role === undefined ? textArgument(block, "role") : textArgument(role, "name");
}
