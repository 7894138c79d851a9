import { LOCAL_SERVICES } from "@groundwork/stacks/providers/aws";
import { synthesized } from "../../support/fixture";
import { stackOf, stacks } from "../../support/stacks";

interface Provider {
  readonly default_tags: readonly { readonly tags: Record<string, string> }[];
  readonly endpoints?: readonly Record<string, string>[];
  readonly allowed_account_ids?: readonly string[];
  readonly access_key?: string;
}

function providersOf(id: string): readonly Provider[] {
  return (synthesized(stackOf(id)) as unknown as { provider: { aws?: Provider[] } }).provider.aws ?? [];
}

/** Stacks on other clouds have no AWS provider. */
const onAws = stacks.filter(({ node }) => providersOf(node.id).length > 0);

/** Service of each resource type in use, where it differs from the second part of the type's name. */
const SERVICES: Readonly<Record<string, string>> = {
  cloudwatch_log: "logs",
  cloudwatch: "cloudwatch",
  cloudfront: "cloudfront",
  iam: "iam",
  kms: "kms",
  s3: "s3",
  acm: "acm",
  route53: "route53",
  ssm: "ssm",
  caller_identity: "sts",
  ecr: "ecr",
  eks: "eks",
  autoscaling: "autoscaling",
};

function serviceOf(type: string): string {
  const name = type.replace(/^aws_/, "");
  return Object.entries(SERVICES).find(([prefix]) => name.startsWith(prefix))?.[1] ?? "ec2";
}

describe("createAwsProvider", () => {
  test.each(onAws.map(({ node }) => node.id))("%s tags everything with its environment and its stack", (id) => {
    for (const provider of providersOf(id))
      expect(provider.default_tags[0]?.tags).toEqual({
        Environment: id.slice(0, id.indexOf("-")),
        Stack: id,
        ManagedBy: "groundwork",
      });
  });

  test("sends every service call of local stacks to the local cloud only", () => {
    const local = onAws.filter(({ node }) => node.id.startsWith("local-"));
    const called = local.flatMap((stack) => {
      const { resource = {}, data = {} } = synthesized(stack);
      return [...Object.keys(resource), ...Object.keys(data)].filter((type) => type.startsWith("aws_")).map(serviceOf);
    });
    expect([...new Set(called)].filter((service) => !LOCAL_SERVICES.some((known) => known === service))).toEqual([]);
    for (const { node } of local)
      for (const provider of providersOf(node.id))
        expect(new Set(Object.values(provider.endpoints?.[0] ?? {}))).toEqual(new Set(["${var.local_endpoint}"]));
  });

  test("pins the account of the file, and has credentials only for the local cloud", () => {
    expect(providersOf("production-eks")[0]?.allowed_account_ids).toEqual(["111122223333"]);
    expect(providersOf("lab-eks")[0]?.allowed_account_ids).toBeUndefined();
    for (const { node } of stacks.filter((stack) => !stack.node.id.startsWith("local-")))
      for (const provider of providersOf(node.id)) expect(provider.access_key).toBeUndefined();
  });

  test("accepts the AWS providers that the library is tested with", () => {
    const { terraform } = synthesized(stackOf("lab-eks")) as unknown as {
      terraform: { required_providers: { aws: { version: string } } };
    };
    expect(terraform.required_providers.aws.version).toBe(">= 5.100.0, < 7.0.0");
  });
});
