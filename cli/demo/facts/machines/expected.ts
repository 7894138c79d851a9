import {
  type Block,
  referenceArgument,
  type SynthesizedStack,
  textArgument,
} from "@groundwork/tooling/terraform/synthesized";
import type { Fact } from "../fact";
import { actionsSummary, backupSummary, ingressSummary, machineSummary, NOT_MANAGED, volumeSummary } from "./summary";

/** The machines of a synthesized stack: volumes, ingress, permissions, backups and parameters. */
export function expectedMachines(stack: SynthesizedStack): readonly Fact[] {
  // A stack to which a machine may deploy contains the machine's role, but no machine.
  if (stack.resources("aws_instance").size === 0) return permissions(stack);
  return [
    ...[...stack.resources("aws_instance").values()].map((instance) => ({
      subject: `machine ${tagName(instance)}`,
      value: machineSummary(textArgument(instance, "instance_type"), instance["metadata_options"] as Block, {
        encrypted: (instance["root_block_device"] as Block)["encrypted"] === true,
      }),
    })),
    ...volumes(stack),
    ...ingress(stack),
    ...permissions(stack),
    ...backups(stack),
    ...[...stack.resources("aws_ssm_parameter").values()].map((parameter) => ({
      subject: `parameter ${textArgument(parameter, "name")}`,
      value: textArgument(parameter, "type"),
    })),
    // The server creates it at its first boot and the runner reads it; Terraform only knows the name.
    ...tokenParameters(stack).map((name) => ({ subject: `parameter ${name}`, value: NOT_MANAGED })),
  ];
}

/** Names of the SecureString parameters by which machines pass tokens to each other. */
export function tokenParameters(stack: SynthesizedStack): readonly string[] {
  const names = JSON.stringify(stack.json).matchAll(/\bTOKEN_PARAMETER='([^']+)'/g);
  return [...new Set([...names].map(([, name = ""]) => name))];
}

/** Name prefixes of the backup buckets, by address: AWS generates the rest of the names. */
export function backupBuckets(stack: SynthesizedStack): ReadonlyMap<string, string> {
  return new Map(
    [...stack.resources("aws_s3_bucket")]
      .map(([address, bucket]) => [address, textArgument(bucket, "bucket_prefix")] as const)
      .filter(([, prefix]) => prefix.includes("-backups-")),
  );
}

/** Inline policies of the machines' roles. */
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

/** The tag `Name`. */
function tagName(block: Block): string {
  return textArgument((block["tags"] as Block | undefined) ?? {}, "Name");
}

function volumes(stack: SynthesizedStack): readonly Fact[] {
  return [...stack.resources("aws_volume_attachment").values()].map((attachment) => {
    const volume = stack.resources("aws_ebs_volume").get(referenceArgument(attachment, "volume_id") ?? "") ?? {};
    const machine = stack.resources("aws_instance").get(referenceArgument(attachment, "instance_id") ?? "") ?? {};
    const value = volumeSummary({
      gibibytes: Number(volume["size"]),
      type: textArgument(volume, "type"),
      encrypted: volume["encrypted"] === true,
      device: textArgument(attachment, "device_name"),
      machine: tagName(machine),
    });
    return { subject: `volume ${tagName(volume)}`, value };
  });
}

function ingress(stack: SynthesizedStack): readonly Fact[] {
  const groups = [...stack.resources("aws_security_group"), ...stack.resources("aws_default_security_group")];
  return groups.map(([address, group]) => {
    const rules = [...stack.resources("aws_vpc_security_group_ingress_rule").values()]
      .filter((rule) => referenceArgument(rule, "security_group_id") === address)
      .map((rule) => `${Number(rule["from_port"])} from ${sourceOf(stack, rule)}`);
    return { subject: `ingress of ${tagName(group)}`, value: ingressSummary(rules) };
  });
}

function sourceOf(stack: SynthesizedStack, rule: Block): string {
  const group = stack
    .resources("aws_security_group")
    .get(referenceArgument(rule, "referenced_security_group_id") ?? "");
  return group === undefined ? textArgument(rule, "cidr_ipv4") : tagName(group);
}

function permissions(stack: SynthesizedStack): readonly Fact[] {
  return machinePolicies(stack).map(({ role, name, policy }) => ({
    subject: `permissions of ${role} in ${name}`,
    value: actionsSummary(policy),
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
    const [expiration] = rules.flatMap((rule) => (rule["expiration"] as readonly Block[] | undefined) ?? []);
    const days = expiration === undefined ? undefined : Number(expiration["days"]);
    return { subject: `bucket ${prefix}…`, value: backupSummary(status, days) };
  });
}

function roleOf(stack: SynthesizedStack, block: Block): string {
  const role = stack.resources("aws_iam_role").get(referenceArgument(block, "role") ?? "");
  return role === undefined ? textArgument(block, "role") : textArgument(role, "name");
}
